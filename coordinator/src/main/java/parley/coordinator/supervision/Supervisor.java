package parley.coordinator.supervision;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import parley.coordinator.cluster.Settings;

/**
 * Says which process of a host looks after which others, so that none is unsupervised: the
 * coordinator after the timeline-service and the frontend; the timeline-service after the
 * coordinator; the frontend after the coordinator only where the timeline-service is not alive
 * either.
 */
final class Supervisor implements Closeable {
  private final HostArguments arguments;
  private final Rhythm rhythm;
  private final Launcher launcher;
  private final DeathListener deaths;
  private final List<Watch> watches;

  /** Begins to look after what a role is responsible for. */
  Supervisor(
      Role role,
      HostArguments arguments,
      Settings settings,
      Installation installation,
      DeathListener deaths) {
    this.arguments = arguments;
    this.deaths = deaths;
    rhythm = Rhythm.of(settings);
    launcher = new Launcher(installation, arguments, settings, Optional.of(role));
    watches = watches(role);
    watches.forEach(Watch::begin);
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }

  private List<Watch> watches(Role role) {
    return switch (role) {
      case COORDINATOR ->
          List.of(watch(Role.TIMELINE_SERVICE, () -> true), watch(Role.FRONTEND, () -> true));
      case TIMELINE_SERVICE -> List.of(watch(Role.COORDINATOR, () -> true));
      case FRONTEND -> {
        Watch timelineService = watch(Role.TIMELINE_SERVICE, () -> false);
        yield List.of(
            timelineService,
            watch(
                Role.COORDINATOR,
                () ->
                    switch (timelineService.condition()) {
                      case DEAD, HUNG -> true;
                      case ALIVE, UNKNOWN -> false;
                    }));
      }
    };
  }

  private Watch watch(Role role, BooleanSupplier mayHeal) {
    RoleFiles files = RoleFiles.of(arguments.folder(), role);
    return new Watch(
        role,
        files,
        rhythm,
        new Restarts(files.life(), Uptime::millis),
        new RestartPauses(rhythm.pauseMax(), new Random()),
        mayHeal,
        launcher,
        deaths);
  }
}
