package parley.coordinator.zookeeper;

import org.apache.curator.framework.CuratorFramework;

/**
 * What lives on a {@link ZooKeeperClient} and must move when the client replaces its Curator. All
 * methods are called on the client's thread and must not block.
 */
interface Tenant {
  /**
   * A Curator is there, perhaps not connected yet; each after the first follows a {@link #closing}.
   */
  void opened(CuratorFramework curator);

  /** The Curator ends now, its session and all ephemeral nodes with it. */
  void closing();

  /**
   * Comes about once a second, with the monotonic clock, for checks that must not depend on
   * Curator's own timers.
   *
   * @param usable the session is alive, as far as both ZooKeeper's client and Curator know
   */
  default void tick(long nanos, boolean usable) {}
}
