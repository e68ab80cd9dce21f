package parley.coordinator.supervision;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a JVM prints by itself: read by others for its last words, and kept small by its owner,
 * since nobody rotates it.
 */
record OutputFile(Path path) {
  private static final long LENGTH_MAX = 1 << 20;
  private static final int WORDS_MAX = 1_000;

  /** The last line that is not blank, shortened to a readable length; empty where there is none. */
  String lastWords() {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(file.length(), WORDS_MAX)];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
      String text = new String(tail, StandardCharsets.UTF_8).strip();
      return text.substring(text.lastIndexOf('\n') + 1);
    } catch (IOException e) {
      return "";
    }
  }

  /** Empties the file when it has grown large. Its writer appends, so it goes on at the start. */
  void keepSmall() {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      if (file.length() > LENGTH_MAX) {
        file.setLength(0);
      }
    } catch (IOException e) {
      // An output file that was taken away cannot grow either.
    }
  }
}
