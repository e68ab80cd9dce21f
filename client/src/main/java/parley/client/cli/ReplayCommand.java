package parley.client.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import parley.client.cli.ReplayFile.Message;
import parley.client.traffic.PlannedPost;
import parley.client.traffic.TrafficPlan;
import parley.client.v1.ParleyException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Lets a cluster live through what real people once did. */
@Command(
    name = "replay",
    description = {
      "Repeats recorded activity: first each receiver follows those who ever wrote to them; then"
          + " each line becomes a post of its sender, which all followers are handed.",
      "Users of the names in the file, and their posts, stay in the cluster.",
      "Exit status 0: every post was made and delivered exactly once and in order; 1: not so."
    },
    footer = {"", "Example: parley replay college-messages.txt.gz --speed 100000"},
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private ClusterOption cluster;

  @Parameters(
      paramLabel = "FILE",
      description = "Lines of SENDER RECEIVER TIME, the time in seconds; may be compressed (.gz).")
  private Path file;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "So many times as fast as it was; if left out, as fast as possible.")
  private Double speed;

  @Option(names = "--json", description = "Print an object instead of text.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException, ParleyException, UserError {
    if (speed != null && !(speed > 0)) {
      throw new ParameterException(spec.commandLine(), "--speed " + speed + " is not above 0");
    }
    List<Message> messages = ReplayFile.read(file);
    if (messages.isEmpty()) {
      throw new UserError("there is nothing to replay in " + file);
    }
    return new TrafficRun(cluster, spec.commandLine().getOut(), spec.commandLine().getErr())
        .carryOut("replay", plan(messages), json);
  }

  private TrafficPlan plan(List<Message> messages) {
    Set<String> senders = new LinkedHashSet<>();
    Map<String, Set<String>> followees = new LinkedHashMap<>();
    for (Message message : messages) {
      senders.add(message.sender());
      // Nobody follows themselves.
      if (!message.sender().equals(message.receiver())) {
        followees
            .computeIfAbsent(message.receiver(), follower -> new LinkedHashSet<>())
            .add(message.sender());
      }
    }
    double begin = messages.get(0).time();
    return new TrafficPlan(
        senders,
        followees,
        messages.size(),
        i -> {
          Message message = messages.get((int) i);
          return new PlannedPost(message.sender(), due(message.time() - begin));
        });
  }

  private OptionalLong due(double seconds) {
    return speed == null
        ? OptionalLong.empty()
        : OptionalLong.of((long) (seconds / speed * TimeUnit.SECONDS.toNanos(1)));
  }
}
