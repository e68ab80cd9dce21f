package parley.timelineservice.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Table {@code author_index}: sealed segments in blocks, only ever added to. */
final class AuthorIndexTable {

  /** Is told where an author posted. */
  interface Posting {
    void in(int author, int segment);
  }

  private final PreparedStatement put;

  AuthorIndexTable(Connection connection) throws SQLException {
    put = connection.prepareStatement("INSERT INTO author_index VALUES(?, ?, ?)");
  }

  void add(AuthorBlock block) throws SQLException {
    put.setInt(1, block.segment());
    put.setInt(2, block.firstAuthor());
    put.setBytes(3, block.entries());
    put.executeUpdate();
  }

  /** Drops what was written of a segment that was not completed. */
  static void deleteFrom(Connection connection, int segment) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM author_index WHERE segment >= ?")) {
      delete.setInt(1, segment);
      delete.executeUpdate();
    }
  }

  /** The author's part of the segment, or null if it has none. */
  static AuthorBlock.Part find(Connection connection, int segment, int author) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT entries FROM author_index WHERE segment = ? AND first_author <= ?
            ORDER BY segment DESC, first_author DESC LIMIT 1\
            """)) {
      select.setInt(1, segment);
      select.setInt(2, author);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? AuthorBlock.find(row.getBytes(1), author) : null;
      }
    }
  }

  /** Tells of each author in each of the first segments, in the order of segments. */
  static void forEachAuthor(Connection connection, int segments, Posting posting)
      throws SQLException {
    for (int segment = 0; segment < segments; segment++) {
      int number = segment;
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT entries FROM author_index WHERE segment = ? ORDER BY first_author")) {
        select.setInt(1, segment);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            AuthorBlock.forEachAuthor(rows.getBytes(1), author -> posting.in(author, number));
          }
        }
      }
    }
  }
}
