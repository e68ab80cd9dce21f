package parley.client.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Lines from a script file, with a progress bar for the person who waits. Holds one line at a time.
 */
final class ScriptLines implements Lines {

  private final Path file;
  private final BufferedReader reader;
  private final PrintStream out;
  // Null where nobody would see it.
  private final ProgressBar bar;
  private long lineNumber;

  private ScriptLines(Path file, BufferedReader reader, PrintStream out, ProgressBar bar) {
    this.file = file;
    this.reader = reader;
    this.out = out;
    this.bar = bar;
  }

  static ScriptLines open(Path file, PrintStream out, PrintStream progress) throws UserError {
    try {
      long lines = progress == null ? 0 : count(file);
      BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
      return new ScriptLines(file, reader, out, progress == null ? null : bar(lines, progress));
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

  private static ProgressBar bar(long lines, PrintStream progress) {
    return new ProgressBarBuilder()
        .setTaskName("Script")
        .setUnit(" lines", 1)
        .setInitialMax(lines)
        .setStyle(ProgressBarStyle.ASCII)
        .showSpeed()
        .setConsumer(new ConsoleProgressBarConsumer(progress))
        .build();
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
        if (bar != null) {
          bar.step();
        }
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
  public String position() {
    return file + ", line " + lineNumber + ": ";
  }

  @Override
  public void close() throws IOException {
    if (bar != null) {
      bar.close();
    }
    out.flush();
    reader.close();
  }
}
