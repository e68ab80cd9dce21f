package parley.timelineservice.sql;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Prints rows as comma-separated values (RFC 4180), with a header. */
final class Csv {

  private final PrintStream out;

  Csv(PrintStream out) {
    this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
  }

  void print(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    StringBuilder line = new StringBuilder();
    for (int column = 1; column <= columns; column++) {
      append(line, column, rows.getMetaData().getColumnLabel(column));
    }
    end(line);
    while (rows.next()) {
      for (int column = 1; column <= columns; column++) {
        String value = rows.getString(column);
        append(line, column, value == null ? "" : value);
      }
      end(line);
    }
    out.flush();
  }

  private static void append(StringBuilder line, int column, String value) {
    if (column > 1) {
      line.append(',');
    }
    boolean quoted = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    line.append(quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
  }

  private void end(StringBuilder line) {
    out.append(line).append("\r\n");
    line.setLength(0);
  }
}
