package parley.client.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Activity that can be repeated: lines of {@code SENDER RECEIVER TIME}, the time in seconds. A
 * first line that names the columns, empty lines, and those that begin with # count for nothing.
 */
final class ReplayFile {

  private static final String GZIP = ".gz";
  private static final int COLUMNS = 3;

  /** Somebody wrote to somebody. */
  record Message(String sender, String receiver, double time) {}

  private ReplayFile() {}

  /** All messages, in the order of the file; one that ends in .gz is decompressed. */
  static List<Message> read(Path file) throws UserError {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(GZIP) ? new GZIPInputStream(raw) : raw;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
      return read(file, reader);
    } catch (NoSuchFileException e) {
      throw new UserError("there is no file " + file, e);
    } catch (CharacterCodingException e) {
      throw new UserError(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new UserError("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static List<Message> read(Path file, BufferedReader reader)
      throws IOException, UserError {
    List<Message> messages = new ArrayList<>();
    long number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] columns = line.strip().split("\\s+");
      try {
        messages.add(message(columns));
      } catch (IllegalArgumentException e) {
        boolean namesColumns = number == 1 && columns.length == COLUMNS;
        if (!namesColumns) {
          throw new UserError(
              "%s, line %d: this is not SENDER RECEIVER TIME".formatted(file, number), e);
        }
      }
    }
    return messages;
  }

  private static Message message(String[] columns) {
    if (columns.length != COLUMNS) {
      throw new IllegalArgumentException(columns.length + " columns");
    }
    return new Message(columns[0], columns[1], Double.parseDouble(columns[2]));
  }
}
