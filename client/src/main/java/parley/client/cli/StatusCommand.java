package parley.client.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows at a glance who is primary, whether the replicas keep up, and who is missing. */
@Command(
    name = "status",
    description = {
      "Shows a table of the hosts: role, epoch and primary as the timeline service knows them; the"
          + " index of the last applied command and how many the primary is ahead (lag); the"
          + " committed slot of the log; what the replica holds; the sessions that it knows of,"
          + " which are users who are logged in by hw2 at any host (0 at standbys; users of"
          + " parley.v1 need not log in); ZooKeeper's role; and where the frontend serves. Without"
          + " options: the hosts of make run.",
      "Exit status 0: a primary serves; 1: none does. Ctrl-C ends --watch, with exit status 0."
    },
    footer = {
      "",
      "Examples:",
      "  parley status --conf zk-conf --watch",
      "  parley status --server 10.0.0.1,10.0.0.2,10.0.0.3 --json"
    },
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  private static final String HOSTS_OF_MAKE_RUN = "127.0.0.1,127.0.0.2,127.0.0.3";
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @ArgGroup private Hosts hosts = new Hosts();

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "1",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description = "Show it again and again, every so many seconds (${FALLBACK-VALUE}).")
  private Duration pause;

  @Option(names = "--json", description = "Print an object instead of the table.")
  private boolean json;

  private static final class Hosts {
    @Option(
        names = "--conf",
        paramLabel = "DIR",
        description = "The hosts and ports of a folder with zoo.cfg and parley.conf.")
    private Path conf;

    @Option(
        names = "--server",
        paramLabel = "HOST[:PORT],…",
        converter = Servers.OfTimelineServices.class,
        description =
            "The hosts, with the usual ports; PORT is that of the timeline service ("
                + HOSTS_OF_MAKE_RUN
                + ").")
    private Servers servers = new Servers.OfTimelineServices().convert(HOSTS_OF_MAKE_RUN);
  }

  @Override
  public Integer call() throws InterruptedException, UserError {
    try (ClusterProbe probe = new ClusterProbe(hosts())) {
      return pause == null ? show(probe, screen(false)) : watch(probe, screen(Terminals.isOut()));
    }
  }

  private List<HostEndpoints> hosts() throws UserError {
    if (hosts.conf == null) {
      return hosts.servers.addresses().stream().map(HostEndpoints::usual).toList();
    }
    try {
      return HostEndpoints.of(ClusterConfig.load(hosts.conf));
    } catch (ConfigException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private Screen screen(boolean inPlace) {
    return new Screen(spec.commandLine().getOut(), inPlace && !json);
  }

  private int watch(ClusterProbe probe, Screen screen) {
    try {
      int exitCode = show(probe, screen);
      while (screen.isRead()) {
        Thread.sleep(pause.toMillis());
        exitCode = show(probe, screen);
      }
      return exitCode;
    } catch (InterruptedException ctrlC) {
      // That is how people end it.
      return ExitCode.OK;
    }
  }

  private int show(ClusterProbe probe, Screen screen) throws InterruptedException {
    ClusterStatus status = probe.ask(ANSWER_WITHIN);
    screen.show(json ? StatusJson.of(status) : new StatusTable(Style.ofOut()).of(status));
    return status.primary().isPresent() ? ExitCode.OK : ExitCode.FAILURE;
  }
}
