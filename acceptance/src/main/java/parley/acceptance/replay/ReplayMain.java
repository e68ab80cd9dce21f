package parley.acceptance.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import parley.acceptance.history.Model;
import parley.acceptance.history.Trace;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.Progress;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Replays real activity through three hosts of its own while processes are killed, and judges
 * everything received.
 */
@Command(
    name = "replay",
    description = {
      "Starts three hosts on loopback addresses of its own and replays the college messages",
      "through them, killing the primary and a frontend on the way. Fails if any post is lost,",
      "doubled, altered or out of order."
    },
    footer = {"", "Example: make replay, or: ReplayMain --home . --lines 5000"},
    mixinStandardHelpOptions = true)
final class ReplayMain implements Callable<Integer> {

  private static final Duration STALL_MAX = Duration.ofSeconds(60);

  @Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--home",
      required = true,
      paramLabel = "DIR",
      description = "The built Parley: a folder with scripts/ and zk-conf/.")
  private Path home;

  @Option(
      names = "--lines",
      paramLabel = "N",
      defaultValue = "2147483647",
      description = "Only the first N lines of the trace.")
  private int lines;

  @Option(
      names = "--ahead",
      paramLabel = "N",
      defaultValue = "200000",
      description =
          "How many copies of posts may be under way to their readers before senders wait"
              + " (${DEFAULT-VALUE}).")
  private long copiesAheadMax;

  @Option(names = "--keep", description = "Keep configuration, data and logs, and say where.")
  private boolean keep;

  /** Runs the replay and exits with 0 if all was well, 1 if not, 2 after wrong usage. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new ReplayMain())
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  command.getErr().println("replay: " + e);
                  return 1;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (lines < 1 || copiesAheadMax < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--lines and --ahead must be positive");
    }
    Model model = new Model(Trace.ofCollegeMessages().first(lines));
    try (LocalCluster hosts = LocalCluster.create(home);
        Progress progress = new Progress(System.out, System.console() != null, "Replay")) {
      boolean good = false;
      try {
        Replay replay = new Replay(hosts, model, new Patience(STALL_MAX), copiesAheadMax, progress);
        Outcome outcome = replay.run();
        good = outcome.isGood();
        progress.endShow();
        outcome.lines().forEach(System.out::println);
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
