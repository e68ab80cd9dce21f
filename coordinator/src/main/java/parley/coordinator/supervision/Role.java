package parley.coordinator.supervision;

import java.util.List;

/**
 * The three processes of every host: what each is called, runs, and may take of memory and
 * processors.
 */
public enum Role {
  /** ZooKeeper peer and supervision of the other two. */
  COORDINATOR(
      "coordinator",
      "parley.coordinator.app.CoordinatorMain",
      // Mostly idle: without the second compiler it needs a third less memory.
      List.of("-Xmx96m", "-XX:TieredStopAtLevel=1")),

  /** A replica of the timeline. */
  TIMELINE_SERVICE("timeline-service", "parley.timelineservice.app.TimelineServiceMain", worker()),

  /** What clients talk to. */
  FRONTEND("frontend", "parley.frontend.app.FrontendMain", worker());

  /**
   * The second compiler comes 20 times later than by default. It keeps a processor busy for a
   * minute after each start, in every process that gets new traffic, and just then, when something
   * has died, others need the processors. What is hot under load passes even these thresholds
   * within seconds.
   */
  private static List<String> worker() {
    return List.of(
        "-Xmx320m",
        "-XX:MaxDirectMemorySize=128m",
        "-XX:Tier4InvocationThreshold=100000",
        "-XX:Tier4MinInvocationThreshold=12000",
        "-XX:Tier4CompileThreshold=300000",
        "-XX:Tier4BackEdgeThreshold=800000");
  }

  private final String label;
  private final String mainClass;
  private final List<String> flags;

  Role(String label, String mainClass, List<String> flags) {
    this.label = label;
    this.mainClass = mainClass;
    this.flags = flags;
  }

  /** The name that people see, in logs, file names and messages. */
  public String label() {
    return label;
  }

  String mainClass() {
    return mainClass;
  }

  List<String> flags() {
    return flags;
  }
}
