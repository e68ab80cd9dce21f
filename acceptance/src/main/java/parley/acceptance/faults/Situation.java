package parley.acceptance.faults;

import java.util.stream.IntStream;
import parley.acceptance.lab.Hosts;

/**
 * Which host plays which part at the moment.
 *
 * @param primary where the serving primary runs
 * @param zooKeeperLeader whose ZooKeeper peer leads
 */
record Situation(int primary, int zooKeeperLeader) {

  /** A host with a standby; rather one whose ZooKeeper peer follows. */
  int standby() {
    return IntStream.rangeClosed(1, Hosts.COUNT)
        .filter(host -> host != primary)
        .boxed()
        .min((a, b) -> Boolean.compare(a == zooKeeperLeader, b == zooKeeperLeader))
        .orElseThrow();
  }

  /** The other host with a standby. */
  int otherStandby() {
    return 1 + 2 + 3 - primary - standby();
  }

  /** A host whose ZooKeeper peer follows; rather one with a standby. */
  int zooKeeperFollower() {
    return standby() != zooKeeperLeader ? standby() : otherStandby();
  }
}
