package parley.client.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parley.client.ReplicaStatus;

/** What all hosts of a cluster have answered at about the same moment. */
record ClusterStatus(List<HostStatus> hosts) {

  ClusterStatus {
    hosts = List.copyOf(hosts);
  }

  /** The replica that takes commands; an old one that does not know yet is none. */
  Optional<ReplicaStatus> primary() {
    return hosts.stream()
        .flatMap(host -> host.replica().stream())
        .filter(ReplicaStatus::serving)
        .max(Comparator.comparingLong(ReplicaStatus::epoch));
  }

  /** How many commands a replica has still to apply; empty if nobody knows. */
  Optional<Long> lag(ReplicaStatus replica) {
    // Not below none: the answers are not of the very same moment.
    return primary().map(primary -> Math.max(0, primary.appliedIndex() - replica.appliedIndex()));
  }
}
