package parley.client.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import picocli.CommandLine;

/** One run of a command, with what it prints. */
final class CommandRun {

  private static final long END_S = 60;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final Thread thread;

  private CommandRun(String... arguments) {
    CommandLine commandLine = Parley.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    thread =
        new Thread(() -> exitCode.complete(commandLine.execute(arguments)), "command-under-test");
  }

  /** Waits for a condition on a slow machine, too. */
  static ConditionFactory soon() {
    return Awaitility.await().atMost(Duration.ofSeconds(END_S));
  }

  /** Begins, and does not wait. */
  static CommandRun start(String... arguments) {
    CommandRun run = new CommandRun(arguments);
    run.thread.setDaemon(true);
    run.thread.start();
    return run;
  }

  /**
   * Runs to the end, with an empty input: this JVM's own is how the build tells it to end, and a
   * command that read it would take that away.
   */
  static CommandRun of(String... arguments) {
    return withInput("", arguments);
  }

  /** Runs to the end with an input that is no terminal. */
  static CommandRun withInput(String input, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      CommandRun run = start(arguments);
      run.exitCode();
      return run;
    } finally {
      System.setIn(before);
    }
  }

  /** Does what Ctrl-C does. */
  void pressCtrlC() {
    thread.interrupt();
  }

  /** Waits for the end. */
  int exitCode() {
    return exitCode.orTimeout(END_S, TimeUnit.SECONDS).join();
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
