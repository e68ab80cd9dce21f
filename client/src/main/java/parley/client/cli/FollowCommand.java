package parley.client.cli;

import java.util.concurrent.Callable;
import parley.client.v1.ParleyClient;
import parley.client.v1.ParleyException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts somebody's posts into somebody's home timeline. */
@Command(
    name = "follow",
    description = "Lets one user follow another one; it is no error if that is so already.",
    footer = {"", "Example: parley follow alice bob"},
    mixinStandardHelpOptions = true)
final class FollowCommand implements Callable<Integer> {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private ClusterOption cluster;

  @Parameters(paramLabel = "FOLLOWER", description = "Who is to see the posts.")
  private String follower;

  @Parameters(paramLabel = "FOLLOWEE", description = "Whose posts.")
  private String followee;

  @Option(names = "--json", description = "Print an object that says whether anything changed.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException, ParleyException {
    try (ParleyClient client = cluster.connect()) {
      FollowChange change =
          new FollowChange(
              follower, followee, ParleyClient.await(client.follow(follower, followee)));
      spec.commandLine().getOut().println(json ? Json.of(change) : change.asFollowed());
      return ExitCode.OK;
    }
  }
}
