package parley.client.cli;

import java.util.ArrayList;
import java.util.List;
import parley.client.ServerAddress;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.Host;

/** Where the processes of one host listen. */
record HostEndpoints(ServerAddress timeline, ServerAddress frontend, ServerAddress zooKeeper) {

  private static final int ZOOKEEPER_PORT = 2181;

  /** A host with the usual ports, as far as the address of its timeline service does not say. */
  static HostEndpoints usual(ServerAddress timeline) {
    return new HostEndpoints(
        timeline,
        new ServerAddress(timeline.host(), Servers.FRONTEND_PORT),
        new ServerAddress(timeline.host(), ZOOKEEPER_PORT));
  }

  /** All hosts of a cluster, by number. */
  static List<HostEndpoints> of(ClusterConfig cluster) {
    List<HostEndpoints> hosts = new ArrayList<>();
    for (Host host : cluster.hosts().values()) {
      hosts.add(
          new HostEndpoints(
              new ServerAddress(host.address(), cluster.settings().timelinePort()),
              new ServerAddress(host.address(), cluster.settings().frontendPort()),
              new ServerAddress(host.address(), cluster.zooKeeperClientPort())));
    }
    return hosts;
  }
}
