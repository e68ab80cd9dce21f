package parley.coordinator.zookeeper;

/**
 * How a process stands with ZooKeeper. Worth showing; never a reason to stop serving: a primary
 * goes on without ZooKeeper until a higher epoch ends its own.
 */
public enum Connection {
  /** ZooKeeper has not answered since the start; it is being tried. */
  WAITING,
  /** The session is alive. */
  CONNECTED,
  /** The connection broke less than a session's time-out ago; the session may survive. */
  SUSPENDED,
  /**
   * The session has ended, or must be assumed to have: election and registrations start over when
   * ZooKeeper is back.
   */
  LOST
}
