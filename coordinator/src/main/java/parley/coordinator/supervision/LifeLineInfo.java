package parley.coordinator.supervision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a process's lifeline answers, as its information file says. Whoever reads it compares the
 * pid with the process table.
 *
 * @param pid the process
 * @param port its port on the loopback address
 */
record LifeLineInfo(long pid, int port) {
  private static final Pattern FORM = Pattern.compile("pid (\\d{1,18}) port (\\d{1,5})");

  /** What the file says, or nothing where it is missing or not whole. */
  static Optional<LifeLineInfo> read(Path file) {
    return new HintFile(file)
        .read(FORM)
        .map(
            found ->
                new LifeLineInfo(Long.parseLong(found.group(1)), Integer.parseInt(found.group(2))));
  }

  void write(Path file) throws IOException {
    new HintFile(file).write("pid " + pid + " port " + port);
  }
}
