package parley.acceptance.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a tool of the machine that ends at once. */
final class Command {

  private Command() {}

  /**
   * Runs a command to its end; answers what it said.
   *
   * @throws IOException with what it said, unless it succeeded
   */
  static String run(String... command) throws IOException, InterruptedException {
    return run(List.of(command));
  }

  /** The same. */
  static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + said.strip());
    }
    return said;
  }
}
