package parley.coordinator.ensemble;

/** What this host's ZooKeeper peer is doing, for status displays. */
public enum PeerState {
  /** Not started, restarting or closed. */
  STOPPED,
  /** Without a majority, or still joining one; clients of this peer are not served. */
  LOOKING,
  /** Serves clients behind a leader on another host. */
  FOLLOWING,
  /** Serves clients and leads the ensemble. (This says nothing about where Parley's primary is.) */
  LEADING
}
