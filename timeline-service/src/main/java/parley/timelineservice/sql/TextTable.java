package parley.timelineservice.sql;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints rows as a table with aligned columns, for people: a screenful of rows, whole in memory.
 */
final class TextTable {

  private static final int ROWS_MAX = 10_000;

  private final PrintStream out;

  TextTable(PrintStream out) {
    this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
  }

  void print(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>();
    for (int column = 1; column <= columns; column++) {
      header.add(rows.getMetaData().getColumnLabel(column));
    }
    lines.add(header);
    while (rows.next() && lines.size() <= ROWS_MAX) {
      List<String> line = new ArrayList<>();
      for (int column = 1; column <= columns; column++) {
        String value = rows.getString(column);
        line.add(value == null ? "" : value.replace('\n', ' '));
      }
      lines.add(line);
    }
    printAligned(lines, columns);
    if (!rows.isAfterLast() && lines.size() > ROWS_MAX) {
      out.println("(only the first " + ROWS_MAX + " rows; --csv prints all)");
    }
    out.flush();
  }

  private void printAligned(List<List<String>> lines, int columns) {
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        text.append(line.get(i));
        if (i < columns - 1) {
          text.append(" ".repeat(widths[i] - line.get(i).length() + 2));
        }
      }
      out.println(text);
    }
  }
}
