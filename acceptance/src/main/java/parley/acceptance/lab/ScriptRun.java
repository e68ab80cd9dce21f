package parley.acceptance.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a shipped script. Its output goes to files, so that what it leaves running holds no
 * pipe to us.
 */
public final class ScriptRun {

  private final List<String> command;
  private final Process process;
  private final Path out;
  private final Path err;

  private ScriptRun(List<String> command, Process process, Path out, Path err) {
    this.command = command;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts a command with nothing to read, keeping its output in a folder. */
  public static ScriptRun start(List<String> command, Path outputFolder) throws IOException {
    Path out = Files.createTempFile(outputFolder, "script", ".out");
    Path err = Files.createTempFile(outputFolder, "script", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    return new ScriptRun(command, builder.start(), out, err);
  }

  /** Waits for the end; kills what takes longer and says so. */
  public Result await(Duration timeout) throws IOException, InterruptedException {
    return new Result(awaitEnd(timeout), Files.readString(out), errors(), command);
  }

  private int awaitEnd(Duration timeout) throws IOException, InterruptedException {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            String.join(" ", command)
                + " did not end within "
                + timeout.toSeconds()
                + " s: "
                + errors());
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** The same for what prints so much that it is read from {@link #outputFile}. */
  public void awaitSuccess(Duration timeout) throws IOException, InterruptedException {
    int status = awaitEnd(timeout);
    if (status != 0) {
      throw new IOException(
          String.join(" ", command) + " ended with status " + status + ": " + errors().strip());
    }
  }

  /** Where standard output is kept. */
  public Path outputFile() {
    return out;
  }

  private String errors() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }

  /** What came of it. */
  public record Result(int status, String output, String errors, List<String> command) {

    /** Throws, with what the script said, unless it succeeded. */
    public Result orThrow() throws IOException {
      if (status != 0) {
        throw new IOException(
            String.join(" ", command)
                + " ended with status "
                + status
                + ": "
                + (errors + output).strip());
      }
      return this;
    }
  }
}
