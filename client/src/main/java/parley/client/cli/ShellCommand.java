package parley.client.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import parley.client.Messenger;
import parley.client.Messenger.Listing;
import parley.client.MessengerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Logs a user in and lets them follow, list and chat. */
@Command(
    name = "shell",
    description = {
      "Logs in and reads commands: JOIN user, LEAVE user, LIST, CHAT, QUIT.",
      "After CHAT each line is a post; Ctrl-D leaves when all posts are safe."
    },
    footer = {
      "",
      "Examples:",
      "  parley shell alice --server 10.0.0.1:3055,10.0.0.2:3055",
      "  parley shell bot --script commands.txt"
    },
    mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {

  // Exactly this text: other clients depend on it, too.
  private static final String INVALID_USERNAME = "Invalid Username";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The user; created when it does not exist yet.")
  private String user;

  @Option(
      names = "--server",
      defaultValue = "127.0.0.1",
      paramLabel = "HOST[:PORT],…",
      converter = Servers.OfFrontends.class,
      description =
          "The frontends; the first that answers is used. The port is 3055 if not given"
              + " (${DEFAULT-VALUE}).")
  private Servers servers;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Read commands, and after CHAT posts, from a file, one on each line.")
  private Path script;

  @Override
  public Integer call() throws IOException, InterruptedException, MessengerException, UserError {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Messenger messenger = Messenger.connect(servers.addresses())) {
      String reply = messenger.login(user);
      if (reply.equals(INVALID_USERNAME)) {
        spec.commandLine()
            .getErr()
            .println(
                "parley: "
                    + INVALID_USERNAME
                    + ": "
                    + user
                    + " is connected already; close that session or take another name");
        return ExitCode.INVALID_USERNAME;
      }
      try (Lines lines = open(messenger, out)) {
        lines.show(reply);
        new Shell(messenger, user, lines, new PostLine(ZoneId.systemDefault()), script != null)
            .run();
      }
      return ExitCode.OK;
    }
  }

  private Lines open(Messenger messenger, PrintStream out) throws IOException, UserError {
    if (script != null) {
      return ScriptLines.open(script, out, ErrorTerminal.isTerminal() ? System.err : null);
    }
    if (System.console() != null) {
      return TerminalLines.open(() -> listing(messenger));
    }
    return new PipedLines(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out);
  }

  private Listing listing(Messenger messenger) {
    try {
      return messenger.list(user);
    } catch (MessengerException noCompletionThen) {
      return new Listing(List.of(), List.of());
    }
  }
}
