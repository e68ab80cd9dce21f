package parley.client.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import parley.client.v1.ParleyClient;
import parley.client.v1.ParleyException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets somebody follow, list and chat as one user, whatever happens to the connection. */
@Command(
    name = "shell",
    description = {
      "Reads commands: JOIN user, LEAVE user, LIST, CHAT, QUIT.",
      "After CHAT each line is a post; Ctrl-D leaves when all posts are safe.",
      "Goes on by itself when a frontend is gone and says so; posts wait meanwhile."
    },
    footer = {
      "",
      "Examples:",
      "  parley shell alice --server 10.0.0.1,10.0.0.2,10.0.0.3",
      "  parley shell bot --script commands.txt"
    },
    mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private ClusterOption cluster;

  @Parameters(paramLabel = "NAME", description = "The user; created when it does not exist yet.")
  private String user;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Read commands, and after CHAT posts, from a file, one on each line.")
  private Path script;

  @Override
  public Integer call() throws IOException, InterruptedException, ParleyException, UserError {
    try (ParleyClient client = cluster.connect();
        Lines lines = open(client)) {
      client.onConnection(new ConnectionNews(lines::tell));
      new Shell(client, user, lines, PostLine.here(), cluster.timeout(), script != null).run();
      return ExitCode.OK;
    }
  }

  private Lines open(ParleyClient client) throws IOException, UserError {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (script != null) {
      return ScriptLines.open(script, out, err);
    }
    if (Terminals.isInteractive()) {
      return TerminalLines.open(new CommandCompleter(client, user));
    }
    return new PipedLines(
        new LineQueue(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))),
        out,
        err);
  }
}
