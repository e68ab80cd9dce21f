package parley.timelineservice.app;

import parley.coordinator.supervision.DeathListener;
import parley.coordinator.supervision.HostProcess;
import parley.coordinator.supervision.Role;

/** The timeline-service process of one host: {@code --conf DIR --host N --data DIR}. */
public final class TimelineServiceMain {

  private TimelineServiceMain() {}

  public static void main(String[] arguments) {
    HostProcess.run(
        Role.TIMELINE_SERVICE,
        arguments,
        process -> {
          process.supervise(DeathListener.NONE);
          TimelineService.start(process);
        });
  }
}
