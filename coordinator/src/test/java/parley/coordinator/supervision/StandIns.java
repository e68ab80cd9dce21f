package parley.coordinator.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small programs in the place of the three services: only supervision, and faults on demand. A
 * fault is a file in the data folder.
 */
final class StandIns {
  /** Processes whose role's label is in this file's name end at once. */
  static final String DIES = "dies-";

  /** Processes so marked end as soon as the other one, which they look after, runs. */
  static final String DIES_HAVING_HEALED = "dies-having-healed-";

  /** Processes so marked look after nobody. */
  static final String ALONE = "alone-";

  /** Processes so marked start a process of their own, and write its pid into {@code parent-}. */
  static final String PARENT = "parent-";

  /** Processes so marked serve only when the file is gone. */
  static final String WAITS = "waits-";

  private static final Logger log = LoggerFactory.getLogger(StandIns.class);

  private StandIns() {}

  /** How tests and stand-ins start stand-ins. */
  static Installation installation() throws IOException {
    return new Installation(
        Path.of("..").toRealPath(),
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        StandIns::mainClass,
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"),
        Optional.empty());
  }

  private static String mainClass(Role role) {
    return switch (role) {
      case COORDINATOR -> Coordinator.class.getName();
      case TIMELINE_SERVICE -> TimelineService.class.getName();
      case FRONTEND -> Frontend.class.getName();
    };
  }

  private static void run(Role role, String[] arguments) throws Exception {
    Path home = Path.of(System.getProperty("parley.home"));
    Installation stands = installation();
    HostProcess process =
        HostProcess.begin(
            role,
            arguments,
            new Installation(
                home,
                stands.java(),
                stands.classPath(),
                stands.mainClass(),
                stands.fixedFlags(),
                stands.classArchive()));
    Path data = process.arguments().data();
    if (Files.exists(data.resolve(DIES + role.label()))) {
      process.halt("told to die", null);
    }
    if (Files.exists(data.resolve(PARENT + role.label()))) {
      Process child = new ProcessBuilder("sleep", "60").start();
      Files.writeString(data.resolve(PARENT + role.label()), Long.toString(child.pid()));
    }
    if (!Files.exists(data.resolve(ALONE + role.label()))) {
      process.supervise(
          dead -> {
            log.info("death of {} heard", dead.label());
            return CompletableFuture.completedFuture(null);
          });
    }
    while (Files.exists(data.resolve(WAITS + role.label()))) {
      LockSupport.parkNanos(1_000_000);
    }
    process.serving();
    if (Files.exists(data.resolve(DIES_HAVING_HEALED + role.label()))) {
      Role healed = role == Role.COORDINATOR ? Role.TIMELINE_SERVICE : Role.COORDINATOR;
      Path lock = RoleFiles.of(process.folder(), healed).lock();
      while (ProcessTable.pidOf(lock).isEmpty()) {
        LockSupport.parkNanos(1_000_000);
      }
      System.exit(3);
    }
  }

  static final class Coordinator {
    private Coordinator() {}

    public static void main(String[] arguments) throws Exception {
      run(Role.COORDINATOR, arguments);
    }
  }

  static final class TimelineService {
    private TimelineService() {}

    public static void main(String[] arguments) throws Exception {
      run(Role.TIMELINE_SERVICE, arguments);
    }
  }

  static final class Frontend {
    private Frontend() {}

    public static void main(String[] arguments) throws Exception {
      run(Role.FRONTEND, arguments);
    }
  }
}
