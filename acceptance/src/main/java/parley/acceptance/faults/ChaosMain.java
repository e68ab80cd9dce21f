package parley.acceptance.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import parley.acceptance.lab.Equipment;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Network;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.Progress;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Does random things to three hosts under load, and judges what their users saw. */
@Command(
    name = "chaos",
    description = {
      "Starts three hosts, and kills a process or takes an interface down every half minute, while",
      "users post in the rhythm of a real trace and in bursts. Fails if anything is lost, doubled,",
      "altered or out of order, a stream to a living frontend breaks, or the library tells a user"
          + " of",
      "an error."
    },
    footer = {"", "Example: make chaos MINUTES=30 SEED=7"},
    mixinStandardHelpOptions = true)
final class ChaosMain implements Callable<Integer> {

  private static final Duration STALL_MAX = Duration.ofSeconds(120);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  @Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--home",
      required = true,
      paramLabel = "DIR",
      description = "The built Parley: a folder with scripts/ and zk-conf/.")
  private Path home;

  @Option(
      names = "--minutes",
      defaultValue = "10",
      paramLabel = "N",
      description = "How long faults go on (${DEFAULT-VALUE}).")
  private double minutes;

  @Option(names = "--seed", paramLabel = "N", description = "Repeats the faults of a run.")
  private Long seed;

  @Option(
      names = "--spare",
      paramLabel = "HOST",
      description = "Hit no process of this host, and show how what they hold grows.")
  private Integer spared;

  @Option(names = "--keep", description = "Keep history, data and logs, and say where.")
  private boolean keep;

  /** Runs and exits with 0 if all was well, 1 if not, 2 after wrong usage. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new ChaosMain())
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  command.getErr().println("chaos: " + e);
                  return 1;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (minutes <= 0) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--minutes must be positive");
    }
    if (spared != null && (spared < 1 || spared > Hosts.COUNT)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--spare " + spared + " is no host: they are 1 to " + Hosts.COUNT);
    }
    long chosen = seed != null ? seed : new Random().nextInt(1_000_000);
    Path history = Files.createTempFile("parley-history-", ".gz");
    try (LocalCluster hosts = LocalCluster.create(home, Network.ofThisProcess(), Equipment.PLAIN);
        Progress progress = new Progress(System.out, false, "Chaos")) {
      progress.say("seed %d, %s minutes", chosen, minutes);
      boolean good = false;
      try {
        good = run(hosts, chosen, history, progress);
      } finally {
        progress.say("seed %d: %s", chosen, good ? "all is well" : "NOT as it should be");
        if (keep || !good) {
          progress.say("the history is kept in %s", history);
          hosts.keep().ifPresent(kept -> progress.say("configuration, data, logs in %s", kept));
        } else {
          Files.delete(history);
        }
      }
      return good ? 0 : 1;
    }
  }

  private boolean run(LocalCluster hosts, long chosen, Path history, Progress progress)
      throws Exception {
    Patience patience = new Patience(STALL_MAX).lookingEvery(LOOK_EVERY);
    if (hosts.wires().isEmpty()) {
      progress.say("left out: interfaces that go down, as loopback addresses have none");
    }
    hosts.start();
    patience.await("all hosts serve", hosts::serving);
    Campaign.Outcome outcome =
        new Campaign(hosts, chosen, sparedHost(), history, patience, progress)
            .run(Duration.ofMillis((long) (minutes * Duration.ofMinutes(1).toMillis())));
    outcome.lines().forEach(System.out::println);
    return outcome.isGood();
  }

  private OptionalInt sparedHost() {
    return spared == null ? OptionalInt.empty() : OptionalInt.of(spared);
  }
}
