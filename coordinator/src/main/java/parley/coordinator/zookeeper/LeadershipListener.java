package parley.coordinator.zookeeper;

/**
 * Hears when this process should, and should no longer, <em>start</em> an epoch as primary.
 *
 * <p>Hints, stale on arrival: another process may believe the same at the same time, and losing
 * leadership (a lost connection suffices) is no reason to stop serving. Called on the ZooKeeper
 * client's thread; must not block.
 */
public interface LeadershipListener {
  /** This process is first in the queue. */
  void leadershipGained();

  /** It is not any more, or does not know. */
  void leadershipLost();
}
