package parley.coordinator.supervision;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a process's lifeline answers, as its information file says.
 *
 * <p>Written in place and always of one length: a file that exists can be rewritten on a full disk,
 * where a new one could not be made. What is torn or stale is harmless, since whoever reads it
 * compares the pid with the process table.
 *
 * @param pid the process
 * @param port its port on the loopback address
 */
record LifeLineInfo(long pid, int port) {
  private static final int LENGTH = 64;
  private static final Pattern FORM = Pattern.compile("pid (\\d{1,18}) port (\\d{1,5}) *\n");

  /** What the file says, or nothing where it is missing or not whole. */
  static Optional<LifeLineInfo> read(Path file) {
    try {
      Matcher matcher = FORM.matcher(Files.readString(file, StandardCharsets.US_ASCII));
      return matcher.matches()
          ? Optional.of(
              new LifeLineInfo(
                  Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2))))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    String text = "pid " + pid + " port " + port;
    byte[] line =
        (text + " ".repeat(LENGTH - 1 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(line), 0);
    }
  }
}
