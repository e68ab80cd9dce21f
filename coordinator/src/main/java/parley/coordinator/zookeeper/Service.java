package parley.coordinator.zookeeper;

/** The kinds of process that hold a ZooKeeper session and say where they are. */
public enum Service {
  TIMELINE_SERVICE("timeline-service"),
  FRONTEND("frontend");

  private final String label;

  Service(String label) {
    this.label = label;
  }

  /** The name in znodes and file names. */
  public String label() {
    return label;
  }
}
