package parley.acceptance.faults;

import java.util.Comparator;
import java.util.Set;
import java.util.stream.IntStream;
import parley.acceptance.lab.Hosts;

/**
 * Which host plays which part at the moment.
 *
 * @param primary where the serving primary runs
 * @param zooKeeperLeader whose ZooKeeper peer leads
 * @param libraryAt whose frontends users of the library use
 */
record Situation(int primary, int zooKeeperLeader, Set<Integer> libraryAt) {

  Situation {
    libraryAt = Set.copyOf(libraryAt);
  }

  boolean primaryLeadsZooKeeper() {
    return primary == zooKeeperLeader;
  }

  /** A host with a standby; rather one whose ZooKeeper peer follows. */
  int standby() {
    return standby(Comparator.comparing(host -> host == zooKeeperLeader));
  }

  /** The other host with a standby. */
  int otherStandby() {
    return 1 + 2 + 3 - primary - standby();
  }

  /**
   * A host with a standby; rather one whose frontend users of the library use, and then one whose
   * ZooKeeper peer follows.
   */
  int standbyInUse() {
    return standby(
        Comparator.<Integer, Boolean>comparing(host -> !libraryAt.contains(host))
            .thenComparing(host -> host == zooKeeperLeader));
  }

  private int standby(Comparator<Integer> best) {
    return IntStream.rangeClosed(1, Hosts.COUNT)
        .filter(host -> host != primary)
        .boxed()
        .min(best)
        .orElseThrow();
  }

  /** A host whose ZooKeeper peer follows; rather one with a standby. */
  int zooKeeperFollower() {
    return standby() != zooKeeperLeader ? standby() : otherStandby();
  }
}
