package parley.acceptance.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Patience;
import parley.client.ReplicaStatus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures how many posts a second three hosts of its own take through one frontend, and that they
 * have them all.
 */
@Command(
    name = "bench",
    description = {
      "Starts three hosts on loopback addresses of its own and posts to one of them.",
      "Each round's time ends when the server has said that all posts are safe."
    },
    footer = {"", "Example: PostStreamMain --home . --posts 200000 --writers 4"},
    mixinStandardHelpOptions = true)
final class PostStreamMain implements Callable<Integer> {

  private static final Duration STALL_MAX = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  @Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--home",
      required = true,
      paramLabel = "DIR",
      description = "The built Parley: a folder with scripts/ and zk-conf/.")
  private Path home;

  @Option(
      names = "--posts",
      defaultValue = "100000",
      paramLabel = "N",
      description = "Posts in each round (${DEFAULT-VALUE}).")
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
      names = "--rounds",
      defaultValue = "3",
      paramLabel = "N",
      description = "Rounds; the first ones find the machine cold (${DEFAULT-VALUE}).")
  private int rounds;

  /** Runs the benchmark and exits with 0 if all posts are stored, 1 if not, 2 after wrong usage. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new PostStreamMain())
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  command.getErr().println("bench: " + e);
                  return 1;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (posts < 1 || writers < 1 || textBytes < 0 || rounds < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--posts, --writers and --rounds must be positive");
    }
    Patience patience = new Patience(STALL_MAX).lookingEvery(LOOK_EVERY);
    try (LocalCluster hosts = LocalCluster.create(home)) {
      hosts.start();
      patience.await("all hosts serve", hosts::serving);
      PostStream stream = new PostStream(hosts.frontend(1), writers, textBytes);
      for (int round = 1; round <= rounds; round++) {
        report(round, measure(stream, "writer" + round + "-"));
      }
      patience.await("all replicas have applied the same", hosts::level);
      return countStored(hosts) ? 0 : 1;
    }
  }

  private Duration measure(PostStream stream, String names) throws Exception {
    if (System.console() == null) {
      LongConsumer unseen = sent -> {};
      return stream.run(names, posts, unseen);
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("Posting")
            .setUnit(" posts", 1)
            .setInitialMax(posts)
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build()) {
      return stream.run(names, posts, bar::stepTo);
    }
  }

  private void report(int round, Duration time) {
    double seconds = time.toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
    System.out.printf(
        "round %d: %,d posts of %d bytes by %d writers in %.2f s: %,d posts/s%n",
        round, posts, textBytes, writers, seconds, Math.round(posts / seconds));
  }

  private boolean countStored(LocalCluster hosts) throws InterruptedException {
    long expected = posts * rounds;
    boolean all = true;
    for (ReplicaStatus replica : hosts.replicas()) {
      System.out.printf("host %d has stored %,d posts%n", replica.host(), replica.posts());
      all &= replica.posts() == expected;
    }
    if (!all) {
      System.out.printf("NOT as it should be: there should be %,d on each.%n", expected);
    }
    return all;
  }
}
