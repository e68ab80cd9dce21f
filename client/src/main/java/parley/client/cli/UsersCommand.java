package parley.client.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import parley.client.v1.Page;
import parley.client.v1.PageRequest;
import parley.client.v1.ParleyClient;
import parley.client.v1.ParleyException;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists users. */
@Command(
    name = "users",
    description = "Lists users, one on each line: all of them, in order of creation, or some.",
    footer = {"", "Examples:", "  parley users", "  parley users --followers-of alice --json"},
    mixinStandardHelpOptions = true)
final class UsersCommand implements Callable<Integer> {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private ClusterOption cluster;
  @ArgGroup private Some some;

  @Option(names = "--json", description = "Print an object on each line.")
  private boolean json;

  private record User(String name) {}

  /** Which users, if not all. */
  private static final class Some {
    @Option(
        names = "--followers-of",
        paramLabel = "USER",
        description = "Those who follow this user.")
    private String followee;

    @Option(
        names = "--followees-of",
        paramLabel = "USER",
        description = "Those whom this user follows.")
    private String follower;
  }

  @Override
  public Integer call() throws InterruptedException, ParleyException {
    PrintWriter out = spec.commandLine().getOut();
    try (ParleyClient client = cluster.connect()) {
      Pages.forEach(
          page -> list(client, page),
          name -> out.println(json ? Json.of(new User(name)) : Printable.of(name)));
      return ExitCode.OK;
    }
  }

  private CompletableFuture<Page<String>> list(ParleyClient client, PageRequest page) {
    if (some == null) {
      return client.users(page);
    }
    return some.followee != null
        ? client.followers(some.followee, page)
        : client.followees(some.follower, page);
  }
}
