package parley.acceptance.lab;

/** The three processes of a host. */
public enum Role {
  COORDINATOR("coordinator", "parley.coordinator.app.CoordinatorMain"),
  TIMELINE_SERVICE("timeline-service", "parley.timelineservice.app.TimelineServiceMain"),
  FRONTEND("frontend", "parley.frontend.app.FrontendMain");

  private final String label;
  private final String mainClass;

  Role(String label, String mainClass) {
    this.label = label;
    this.mainClass = mainClass;
  }

  /** What people call it; its log is named so. */
  public String label() {
    return label;
  }

  String mainClass() {
    return mainClass;
  }
}
