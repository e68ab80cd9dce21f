package parley.acceptance.lab;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated records whose quoted fields may hold commas, quotes and line ends (RFC
 * 4180).
 */
final class Csv {

  private static final int END = -1;

  private final Reader in;
  private int next;

  Csv(Reader in) throws IOException {
    this.in = in;
    this.next = in.read();
  }

  /** The next record; null after the last. */
  List<String> record() throws IOException {
    if (next == END) {
      return null;
    }
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (next == ',') {
      next = in.read();
      fields.add(field());
    }
    if (next == '\r') {
      next = in.read();
    }
    if (next == '\n') {
      next = in.read();
    }
    return fields;
  }

  private String field() throws IOException {
    StringBuilder field = new StringBuilder();
    if (next == '"') {
      next = in.read();
      readQuoted(field);
    }
    while (next != END && next != ',' && next != '\n' && next != '\r') {
      append(field);
    }
    return field.toString();
  }

  // Ends behind the closing quote. A doubled quote stands for one.
  private void readQuoted(StringBuilder field) throws IOException {
    while (next != END) {
      if (next == '"') {
        next = in.read();
        if (next != '"') {
          return;
        }
      }
      append(field);
    }
  }

  private void append(StringBuilder field) throws IOException {
    field.append((char) next);
    next = in.read();
  }
}
