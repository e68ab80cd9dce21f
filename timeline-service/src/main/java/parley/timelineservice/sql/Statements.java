package parley.timelineservice.sql;

import java.io.PrintStream;
import java.io.Reader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.util.ScriptReader;

/** Runs SQL statements, separated by semicolons, and prints what they return. */
final class Statements {

  private final Connection connection;
  private final PrintStream out;
  private final boolean csv;

  Statements(Connection connection, PrintStream out, boolean csv) {
    this.connection = connection;
    this.out = out;
    this.csv = csv;
  }

  /** Runs all statements; ends with the first error. */
  void run(Reader sql) throws SQLException {
    ScriptReader reader = new ScriptReader(sql);
    for (String next = reader.readStatement(); next != null; next = reader.readStatement()) {
      run(next);
    }
  }

  /** Runs statements as they are typed; an error is printed, and the next one may be typed. */
  void runTyped(Reader typed) {
    prompt();
    ScriptReader reader = new ScriptReader(typed);
    for (String next = reader.readStatement(); next != null; next = reader.readStatement()) {
      try {
        run(next);
      } catch (SQLException e) {
        out.println(message(e));
      }
      prompt();
    }
    out.println();
  }

  private void prompt() {
    out.print("sql> ");
    out.flush();
  }

  private void run(String sql) throws SQLException {
    if (sql.isBlank()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        out.println("done, in this copy only");
        return;
      }
      try (ResultSet rows = statement.getResultSet()) {
        if (csv) {
          new Csv(out).print(rows);
        } else {
          new TextTable(out).print(rows);
        }
      }
    }
  }

  /** What the database says is wrong, without the statement that follows in further lines. */
  static String message(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int statement = message.indexOf("; SQL statement:");
    return (statement < 0 ? message : message.substring(0, statement)).replaceAll("\\s+", " ");
  }
}
