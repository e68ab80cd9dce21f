package parley.acceptance.lab;

/** The three processes of a host. */
public enum Role {
  COORDINATOR("parley.coordinator.app.CoordinatorMain"),
  TIMELINE_SERVICE("parley.timelineservice.app.TimelineServiceMain"),
  FRONTEND("parley.frontend.app.FrontendMain");

  private final String mainClass;

  Role(String mainClass) {
    this.mainClass = mainClass;
  }

  String mainClass() {
    return mainClass;
  }
}
