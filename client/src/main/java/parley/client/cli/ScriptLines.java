package parley.client.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Lines from a script file, with a progress bar for the person who waits. Holds one line at a time.
 */
final class ScriptLines implements Lines {

  private final Path file;
  private final BufferedReader reader;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Progress progress;
  private long lineNumber;

  private ScriptLines(
      Path file, BufferedReader reader, PrintWriter out, PrintWriter err, Progress progress) {
    this.file = file;
    this.reader = reader;
    this.out = out;
    this.err = err;
    this.progress = progress;
  }

  static ScriptLines open(Path file, PrintWriter out, PrintWriter err) throws UserError {
    try {
      long lines = Progress.isSeen() ? count(file) : 0;
      BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
      return new ScriptLines(file, reader, out, err, Progress.of("script", lines));
    } catch (NoSuchFileException e) {
      throw new UserError("there is no script " + file, e);
    } catch (IOException e) {
      throw new UserError("cannot read the script " + file + ": " + e.getMessage(), e);
    }
  }

  private static long count(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.count();
    }
  }

  @Override
  public String next(Mode mode) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      String line = reader.readLine();
      if (line != null) {
        lineNumber++;
        progress.stepTo(lineNumber);
      }
      return line;
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8 text after line " + lineNumber, e);
    }
  }

  @Override
  public void show(String line) {
    out.println(line);
  }

  @Override
  public void tell(String news) {
    err.println(progress.above("parley: " + news));
  }

  @Override
  public boolean canRepeat() {
    return false;
  }

  @Override
  public String position() {
    return file + ", line " + lineNumber + ": ";
  }

  @Override
  public void close() throws IOException {
    progress.close();
    out.flush();
    reader.close();
  }
}
