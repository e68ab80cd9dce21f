package parley.acceptance.scenario;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import parley.acceptance.lab.Patience;

/** Somebody at a terminal, who types into one command and reads what it shows there. */
final class Typist implements AutoCloseable {

  private static final int INTERRUPT = 3; // Ctrl-C
  private static final int END_OF_INPUT = 4; // Ctrl-D

  private final Process terminal;
  private final OutputStream keys;
  private final Path screen;
  private final Patience patience;

  private Typist(Process terminal, Path screen, Patience patience) {
    this.terminal = terminal;
    this.keys = terminal.getOutputStream();
    this.screen = screen;
    this.patience = patience;
  }

  /** Starts a command of the shell's on a terminal of its own, which script(1) makes. */
  static Typist start(String command, Path folder, Patience patience) throws IOException {
    Path screen = Files.createTempFile(folder, "screen", ".out");
    ProcessBuilder builder =
        // Ctrl-C is to count also where these tests themselves are run in the background.
        new ProcessBuilder(
                "env",
                "--default-signal",
                "script",
                "-qec",
                "stty cols 100 rows 30; exec " + command,
                "/dev/null")
            .redirectErrorStream(true)
            .redirectOutput(screen.toFile());
    builder.environment().put("TERM", "xterm");
    builder.environment().remove("NO_COLOR");
    return new Typist(builder.start(), screen, patience);
  }

  void type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  /** Everything that was shown, with all control sequences. */
  String seen() throws IOException {
    return Files.readString(screen);
  }

  /** Waits until something is shown behind what had been shown up to {@code from}. */
  void awaitSeen(int from, String text) throws IOException {
    patience.await(
        "the terminal shows '" + text + "'",
        () -> seen().indexOf(text, Math.min(from, seen().length())) >= 0);
  }

  /** Types Ctrl-D and waits for the command's end. */
  int end() throws IOException {
    return endBy(END_OF_INPUT);
  }

  /** Types Ctrl-C, which the terminal makes a SIGINT of, and waits for the command's end. */
  int interrupt() throws IOException {
    return endBy(INTERRUPT);
  }

  private int endBy(int key) throws IOException {
    keys.write(key);
    keys.flush();
    patience.await("the command ends", () -> !terminal.isAlive());
    return terminal.exitValue();
  }

  @Override
  public void close() throws IOException {
    terminal.destroy(); // script(1) ends the command, too
    keys.close();
  }
}
