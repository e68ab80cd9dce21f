package parley.coordinator.supervision;

import java.util.List;

/** The three processes of every host: what each is called, runs, and may take of memory. */
public enum Role {
  /** ZooKeeper peer and supervision of the other two. */
  COORDINATOR("coordinator", "parley.coordinator.app.CoordinatorMain", List.of("-Xmx96m")),

  /** A replica of the timeline. */
  TIMELINE_SERVICE(
      "timeline-service", "parley.timelineservice.app.TimelineServiceMain", serviceMemory()),

  /** What clients talk to. */
  FRONTEND("frontend", "parley.frontend.app.FrontendMain", serviceMemory());

  private final String label;
  private final String mainClass;
  private final List<String> memoryFlags;

  Role(String label, String mainClass, List<String> memoryFlags) {
    this.label = label;
    this.mainClass = mainClass;
    this.memoryFlags = memoryFlags;
  }

  /**
   * All wait while a young generation is collected, the longer the more of it lives: a small one
   * holds little of what a service keeps for a while.
   */
  private static List<String> serviceMemory() {
    return List.of("-Xmx320m", "-Xmn24m", "-XX:MaxDirectMemorySize=128m");
  }

  /** The name that people see, in logs, file names and messages. */
  public String label() {
    return label;
  }

  String mainClass() {
    return mainClass;
  }

  List<String> memoryFlags() {
    return memoryFlags;
  }
}
