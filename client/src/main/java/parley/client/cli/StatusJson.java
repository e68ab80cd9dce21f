package parley.client.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parley.client.ReplicaStatus;

/** Writes a cluster's status as one JSON object; fields that are unknown are left out. */
final class StatusJson {

  private record Cluster(Integer primary, List<HostFields> hosts) {}

  private record HostFields(
      String address,
      boolean reachable,
      Integer host,
      String role,
      Long epoch,
      Integer primary,
      Long appliedIndex,
      Long lag,
      Long committedSlot,
      Long users,
      Long posts,
      Long sessions,
      String zooKeeper,
      String frontend,
      boolean frontendServes) {}

  private StatusJson() {}

  static String of(ClusterStatus cluster) {
    return Json.of(
        new Cluster(
            cluster.primary().map(ReplicaStatus::host).orElse(null),
            cluster.hosts().stream().map(host -> fields(cluster, host)).toList()));
  }

  private static HostFields fields(ClusterStatus cluster, HostStatus host) {
    Optional<ReplicaStatus> replica = host.replica();
    return new HostFields(
        host.endpoints().timeline().toString(),
        replica.isPresent(),
        orNull(replica, ReplicaStatus::host),
        orNull(replica, ReplicaStatus::role),
        orNull(replica, ReplicaStatus::epoch),
        orNull(replica, ReplicaStatus::primaryHost),
        orNull(replica, ReplicaStatus::appliedIndex),
        replica.flatMap(cluster::lag).orElse(null),
        orNull(replica, ReplicaStatus::committedSlot),
        orNull(replica, ReplicaStatus::users),
        orNull(replica, ReplicaStatus::posts),
        orNull(replica, ReplicaStatus::sessions),
        host.zooKeeper().orElse(null),
        host.endpoints().frontend().toString(),
        host.frontendServes());
  }

  private static <T> T orNull(Optional<ReplicaStatus> replica, Function<ReplicaStatus, T> field) {
    return replica.map(field).orElse(null);
  }
}
