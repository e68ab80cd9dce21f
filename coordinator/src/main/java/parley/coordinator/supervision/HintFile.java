package parley.coordinator.supervision;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line that processes of a host leave for each other.
 *
 * <p>Written in place and always of one length: a file that exists can be rewritten on a full disk,
 * where a new one could not be made. What is torn or stale must be harmless to whoever reads it.
 */
record HintFile(Path path) {
  private static final int LENGTH = 64;

  /** What the line says, or nothing where it is missing or not of this form. */
  Optional<MatchResult> read(Pattern form) {
    try {
      String line = Files.readString(path, StandardCharsets.US_ASCII);
      Matcher matcher = form.matcher(line.stripTrailing());
      return line.length() == LENGTH && matcher.matches()
          ? Optional.of(matcher.toMatchResult())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void write(String text) throws IOException {
    byte[] line =
        (text + " ".repeat(LENGTH - 1 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(line), 0);
    }
  }
}
