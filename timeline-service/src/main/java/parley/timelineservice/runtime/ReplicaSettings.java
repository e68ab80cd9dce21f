package parley.timelineservice.runtime;

import java.util.Set;
import java.util.TreeSet;

/**
 * What the loop needs to know of the configuration.
 *
 * @param tickMillis length of the core's tick
 * @param batchBytesMax longest batch
 */
public record ReplicaSettings(int host, Set<Integer> hosts, int tickMillis, int batchBytesMax) {

  public ReplicaSettings {
    hosts = new TreeSet<>(hosts);
  }
}
