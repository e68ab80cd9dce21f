package parley.coordinator.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.ConfigException;
import parley.coordinator.cluster.Host;
import parley.coordinator.supervision.HostArguments;
import parley.coordinator.supervision.HostStart;
import parley.coordinator.supervision.HostStart.Running;
import parley.coordinator.supervision.Role;
import parley.coordinator.supervision.StartFailure;

/**
 * What {@code scripts/start_zk_and_services.sh} and {@code stop_zk_and_services.sh} leave to Java,
 * so that options and configuration are read in one way.
 *
 * <p>{@code start HOME [OPTION...]} starts the host; {@code folder HOME [OPTION...]} prints the
 * folder of its running processes.
 */
public final class HostCommand {
  private static final Duration START_MAX = Duration.ofSeconds(60);

  private HostCommand() {}

  /** Exits with status 2 for bad options or configuration, with 1 where the host cannot start. */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      Path home = Path.of(arguments[1]).toRealPath();
      HostArguments host =
          HostArguments.parse(home, Arrays.copyOfRange(arguments, 2, arguments.length));
      switch (arguments[0]) {
        case "start" -> start(home, host);
        case "folder" -> System.out.println(host.folder().run());
        default -> throw new IllegalArgumentException("unknown command " + arguments[0]);
      }
    } catch (ConfigException e) {
      exit(StartFailure.MISUSED, e.getMessage());
    } catch (StartFailure e) {
      exit(e.exitStatus(), e.getMessage());
    } catch (IOException e) {
      exit(StartFailure.FAILED, e.toString());
    }
  }

  private static void start(Path home, HostArguments arguments)
      throws ConfigException, StartFailure, InterruptedException {
    ClusterConfig config = ClusterConfig.load(arguments.conf());
    Host host = config.host(arguments.hostId());
    HostStart start = new HostStart(home, arguments, config);
    refuseUnusablePorts(start, new Ports(config, host));
    if (!start.isPrepared() && !start.missing().isEmpty()) {
      prepare(start);
    }
    start.start();
    System.out.printf("host %d (%s) runs:%n", host.id(), host.address());
    for (Running process : start.await(START_MAX)) {
      System.out.printf(
          "  %-16s  pid %-7d  %s%n", process.role().label(), process.pid(), process.state());
    }
    System.out.printf("  logs in %s%n", arguments.folder().log());
  }

  private static void prepare(HostStart start) throws InterruptedException {
    System.out.println("archiving classes for this Java, once: processes start faster with them");
    try {
      start.prepare();
    } catch (IOException e) {
      System.err.println("parley: no archive of classes, starting without: " + e.getMessage());
    }
  }

  /** Another healer may start a process meanwhile: then its port is in the right hands. */
  private static void refuseUnusablePorts(HostStart start, Ports ports) throws StartFailure {
    for (Role role : start.missing()) {
      try {
        ports.refuseUnusable(role);
      } catch (StartFailure e) {
        if (start.missing().contains(role)) {
          throw e;
        }
      }
    }
  }

  private static void exit(int status, String message) {
    System.err.println("parley: " + message);
    System.exit(status);
  }
}
