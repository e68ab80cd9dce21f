package parley.acceptance.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import parley.acceptance.lab.LocalCluster;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures how a standby that was away, and one that lost its disk, catch up while posts go on at
 * full rate, what that costs those who post, and that all replicas end with the same.
 */
@Command(
    name = "catch-up",
    description = {
      "Starts three hosts on loopback addresses of its own and posts to one of them without end.",
      "Another is stopped, comes back, is stopped again and comes back with an empty disk.",
      "Prints rates, delays and memory of each stage, with ratios to the first one."
    },
    footer = {"", "Example: CatchUpMain --home . --posts 500000"},
    mixinStandardHelpOptions = true)
final class CatchUpMain implements Callable<Integer> {

  @Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--home",
      required = true,
      paramLabel = "DIR",
      description = "The built Parley: a folder with scripts/ and zk-conf/.")
  private Path home;

  @Option(
      names = "--posts",
      defaultValue = "500000",
      paramLabel = "N",
      description = "Posts made while the standby is away (${DEFAULT-VALUE}).")
  private long posts;

  @Option(
      names = "--writers",
      defaultValue = "4",
      paramLabel = "N",
      description = "Streams that post at the same time (${DEFAULT-VALUE}).")
  private int writers;

  @Option(
      names = "--bytes",
      defaultValue = "100",
      paramLabel = "N",
      description = "Bytes of each text (${DEFAULT-VALUE}).")
  private int textBytes;

  @Option(
      names = "--calm",
      defaultValue = "20",
      paramLabel = "SECONDS",
      description = "How long to measure while nothing happens (${DEFAULT-VALUE}).")
  private long calmSeconds;

  @Option(names = "--keep", description = "Keep configuration, data and logs, and say where.")
  private boolean keep;

  /** Runs the experiment and exits with 0 if all was well, 1 if not, 2 after wrong usage. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new CatchUpMain())
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  command.getErr().println("catch-up: " + e);
                  return 1;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (posts < 1 || writers < 1 || textBytes < 0 || calmSeconds < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--posts, --writers and --calm must be positive");
    }
    try (LocalCluster hosts = LocalCluster.create(home)) {
      boolean good = false;
      try {
        Duration calm = Duration.ofSeconds(calmSeconds);
        good = new Absence(hosts, writers, textBytes, posts, calm).run();
        System.out.println(good ? "All is well." : "NOT as it should be.");
      } finally {
        if (keep || !good) {
          hosts
              .keep()
              .ifPresent(
                  folder ->
                      System.out.println("Configuration, data and logs are kept in " + folder));
        }
      }
      return good ? 0 : 1;
    }
  }
}
