package parley.client.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import parley.client.v1.Outbox;
import parley.client.v1.ParleyClient;
import parley.client.v1.ParleyException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Posts what it is given, and is done when that is safe. */
@Command(
    name = "post",
    description = {
      "Posts one text, or each line of standard input, in order and exactly once, and prints the"
          + " index of each post when it is safe on a majority of the hosts.",
      "Exit status 0 says that all of them are."
    },
    footer = {
      "",
      "Examples:",
      "  parley post alice Hello, world --create",
      "  tail -f news.txt | parley post bot --json"
    },
    mixinStandardHelpOptions = true)
final class PostCommand implements Callable<Integer> {

  private static final String FROM_INPUT = "-";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private ClusterOption cluster;

  @Parameters(index = "0", paramLabel = "AUTHOR", description = "Who posts.")
  private String author;

  @Parameters(
      index = "1..*",
      paramLabel = "TEXT",
      description = "The text, words are joined by blanks. None, or -: lines of standard input.")
  private List<String> words = List.of();

  @Option(names = "--create", description = "Create the author when there is none of that name.")
  private boolean create;

  @Option(names = "--json", description = "Print an object for each post.")
  private boolean json;

  private record Posted(String author, String text, long index) {}

  @Override
  public Integer call() throws IOException, InterruptedException, ParleyException, UserError {
    PrintWriter err = spec.commandLine().getErr();
    try (ParleyClient client =
        cluster.connect(new ConnectionNews(news -> err.println("parley: " + news)))) {
      requireAuthor(client);
      try (Outbox outbox = client.outbox(author);
          Receipts receipts = new Receipts(this::reportFailure)) {
        if (isFromInput()) {
          postLines(outbox, receipts);
        } else {
          post(String.join(" ", words), outbox, receipts);
        }
        Flush.await(outbox, cluster.timeout());
        return receipts.allCommitted() ? ExitCode.OK : ExitCode.FAILURE;
      }
    }
  }

  private void requireAuthor(ParleyClient client)
      throws InterruptedException, ParleyException, UserError {
    if (create) {
      ParleyClient.await(client.createUser(author));
    } else if (!ParleyClient.await(client.userExists(author))) {
      throw new UserError(
          "there is no user named '%s'; --create makes one".formatted(Printable.of(author)));
    }
  }

  private boolean isFromInput() {
    return words.isEmpty() || words.equals(List.of(FROM_INPUT));
  }

  private void postLines(Outbox outbox, Receipts receipts)
      throws IOException, InterruptedException, ParleyException {
    LineQueue lines =
        new LineQueue(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    for (String line = lines.next(); line != null; line = lines.next()) {
      post(line, outbox, receipts);
    }
  }

  private void post(String text, Outbox outbox, Receipts receipts)
      throws InterruptedException, ParleyException {
    receipts.expect(outbox.post(text), index -> print(text, index));
  }

  private void print(String text, long index) {
    spec.commandLine()
        .getOut()
        .println(json ? Json.of(new Posted(author, text, index)) : Long.toString(index));
  }

  private void reportFailure(long number, ParleyException why) {
    String which = isFromInput() ? "line " + number + " was" : "this was";
    spec.commandLine().getErr().println("parley: " + which + " not posted: " + why.getMessage());
  }
}
