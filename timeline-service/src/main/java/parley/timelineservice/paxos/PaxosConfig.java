package parley.timelineservice.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a replica knows before it starts. Times are in ticks, whose length only the driver knows.
 *
 * @param self this replica's host
 * @param hosts all hosts of the cluster, this one included
 * @param pipelineDepth how many slots a primary may have proposed and not yet committed
 * @param closeSlots how far behind the highest known committed slot a replica may be and still
 *     queue to lead (R3)
 * @param heartbeatTicks between two heartbeats, hellos or repeated prepares
 * @param silentTicks after which a primary that was not heard from counts as gone
 * @param quorumLostTicks after which a primary or candidate without a majority resigns (R3)
 * @param retryTicks upper bound of the random while that a refused candidate waits (R5)
 * @param seed of that random while; differs between hosts
 */
public record PaxosConfig(
    int self,
    SortedSet<Integer> hosts,
    int pipelineDepth,
    long closeSlots,
    int heartbeatTicks,
    int silentTicks,
    int quorumLostTicks,
    int retryTicks,
    long seed) {

  public PaxosConfig {
    hosts = new TreeSet<>(hosts);
    if (!hosts.contains(self)) {
      throw new IllegalArgumentException("host " + self + " is not one of " + hosts);
    }
  }

  List<Integer> others() {
    List<Integer> others = new ArrayList<>(hosts);
    others.remove((Integer) self);
    return others;
  }

  Quorum quorum() {
    return new Quorum(hosts.size());
  }
}
