package parley.client.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import parley.client.traffic.PlannedPost;
import parley.client.traffic.TrafficPlan;
import parley.client.v1.ParleyException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Shows how a cluster does under an even load, and that it keeps its promises meanwhile. */
@Command(
    name = "load",
    description = {
      "Posts at an even rate while followers, each of whom follows all writers, watch; then shows"
          + " how long it took until posts were safe and until followers had them.",
      "Users named load-writer-N and load-follower-N and their posts stay in the cluster.",
      "Exit status 0: every post was made and delivered exactly once and in order; 1: not so."
    },
    footer = {"", "Example: parley load --writers 4 --followers 8 --rate 500 --seconds 30"},
    mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private ClusterOption cluster;

  @Option(
      names = "--writers",
      defaultValue = "4",
      paramLabel = "N",
      description = "Who post in turn (${DEFAULT-VALUE}).")
  private int writers;

  @Option(
      names = "--followers",
      defaultValue = "4",
      paramLabel = "N",
      description = "Who are handed every post (${DEFAULT-VALUE}).")
  private int followers;

  @Option(
      names = "--rate",
      defaultValue = "100",
      paramLabel = "N",
      description = "Posts per second, of all writers together (${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description = "For how long (${DEFAULT-VALUE}).")
  private Duration duration;

  @Option(names = "--json", description = "Print an object instead of text.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException, ParleyException {
    if (writers < 1 || followers < 0 || !(rate > 0)) {
      throw new ParameterException(
          spec.commandLine(), "there must be one writer or more, and a rate above 0");
    }
    return new TrafficRun(cluster, spec.commandLine().getOut(), spec.commandLine().getErr())
        .carryOut("load", plan(), json);
  }

  private TrafficPlan plan() {
    List<String> names = names("load-writer-", writers);
    Map<String, Set<String>> followees = new LinkedHashMap<>();
    for (String follower : names("load-follower-", followers)) {
      followees.put(follower, new LinkedHashSet<>(names));
    }
    return new TrafficPlan(
        new LinkedHashSet<>(names),
        followees,
        Math.max(1, Math.round(rate * duration.toNanos() / NANOS)),
        i -> new PlannedPost(names.get((int) (i % writers)), OptionalLong.of(due(i))));
  }

  private long due(long post) {
    return (long) (post * NANOS / rate);
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).collect(Collectors.toList());
  }
}
