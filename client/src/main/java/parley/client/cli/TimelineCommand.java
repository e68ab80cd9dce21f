package parley.client.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import parley.client.v1.HomeTimeline;
import parley.client.v1.Page;
import parley.client.v1.PageRequest;
import parley.client.v1.ParleyClient;
import parley.client.v1.ParleyException;
import parley.client.v1.Post;
import parley.client.v1.Subscription;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Shows the newest posts of a timeline, and those that come from then on. */
@Command(
    name = "timeline",
    description = {
      "Shows the newest posts by those whom a user follows, the newest one last.",
      "Ctrl-C ends --live, with exit status 0."
    },
    footer = {
      "",
      "Examples:",
      "  parley timeline alice -n 50 --live",
      "  parley timeline bob --posts --json"
    },
    mixinStandardHelpOptions = true)
final class TimelineCommand implements Callable<Integer> {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private ClusterOption cluster;

  @Parameters(paramLabel = "USER", description = "Whose timeline.")
  private String user;

  @Option(
      names = {"-n", "--newest"},
      defaultValue = "20",
      paramLabel = "N",
      description = "How many posts at most (${DEFAULT-VALUE}).")
  private int newest;

  @ArgGroup private Kind kind = new Kind();

  @Option(names = "--json", description = "Print an object on each line.")
  private boolean json;

  private static final class Kind {
    @Option(names = "--live", description = "Then go on with what is posted, as it comes.")
    private boolean live;

    @Option(names = "--posts", description = "Show what the user has posted instead.")
    private boolean posts;
  }

  @Override
  public Integer call() throws InterruptedException, ParleyException {
    if (newest < 0) {
      throw new ParameterException(spec.commandLine(), "-n " + newest + " is less than none");
    }
    PrintWriter err = spec.commandLine().getErr();
    try (ParleyClient client =
        cluster.connect(new ConnectionNews(news -> err.println("parley: " + news)))) {
      if (kind.posts) {
        showPosts(client);
        return ExitCode.OK;
      }
      String cursor = showHomeTimeline(client);
      return kind.live ? follow(client, cursor) : ExitCode.OK;
    }
  }

  private void showPosts(ParleyClient client) throws InterruptedException, ParleyException {
    List<Post> posts = new ArrayList<>();
    Optional<String> next = Optional.of("");
    while (posts.size() < newest && next.isPresent()) {
      Page<Post> page = ParleyClient.await(client.posts(user, request(posts, next.get())));
      posts.addAll(page.items());
      next = page.next();
    }
    show(posts);
  }

  /** Answers where to go on from. */
  private String showHomeTimeline(ParleyClient client)
      throws InterruptedException, ParleyException {
    List<Post> posts = new ArrayList<>();
    HomeTimeline page = ParleyClient.await(client.homeTimeline(user, request(posts, "")));
    // That of the first page: the posts of all pages lie before it.
    String cursor = page.cursor();
    posts.addAll(page.posts());
    while (posts.size() < newest && page.next().isPresent()) {
      page = ParleyClient.await(client.homeTimeline(user, request(posts, page.next().get())));
      posts.addAll(page.posts());
    }
    show(posts.subList(0, Math.min(newest, posts.size())));
    return cursor;
  }

  private PageRequest request(List<Post> before, String token) {
    // One that is not shown, where none is wanted: a page has at least one.
    int size = Math.max(1, Math.min(newest - before.size(), Pages.SIZE));
    return PageRequest.first(size).from(token);
  }

  private int follow(ParleyClient client, String cursor) throws ParleyException {
    PostPrinter printer = printer();
    try (Subscription live = client.watch(user, Optional.of(cursor), printer)) {
      ParleyClient.await(CompletableFuture.anyOf(live.ended(), printer.nobodyReads()));
      return ExitCode.OK;
    } catch (InterruptedException ctrlC) {
      // That is how people end it.
      return ExitCode.OK;
    }
  }

  private void show(List<Post> newestFirst) {
    List<Post> oldestFirst = new ArrayList<>(newestFirst);
    Collections.reverse(oldestFirst);
    oldestFirst.forEach(printer());
  }

  private PostPrinter printer() {
    PostLine lines = PostLine.here();
    return new PostPrinter(spec.commandLine().getOut(), json ? Json::of : lines::format);
  }
}
