package parley.timelineservice.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of a replica's file, and the functions with which people read them. */
final class Schema {

  /** Raised whenever a release cannot read what an older one wrote, or the other way round. */
  static final int FORMAT = 1;

  private static final String[] STATEMENTS = {
    """
    CREATE TABLE IF NOT EXISTS log(slot BIGINT PRIMARY KEY, epoch_number BIGINT NOT NULL,
      epoch_host INT NOT NULL, epoch_incarnation BIGINT NOT NULL, committed BIGINT NOT NULL,
      entry_count INT NOT NULL, entries VARBINARY NOT NULL)
    """,
    """
    CREATE TABLE IF NOT EXISTS replica(format INT NOT NULL, incarnation BIGINT NOT NULL,
      voter BOOLEAN NOT NULL, promised_number BIGINT NOT NULL, promised_host INT NOT NULL,
      promised_incarnation BIGINT NOT NULL, committed_slot BIGINT NOT NULL,
      applied_slot BIGINT NOT NULL, applied_index BIGINT NOT NULL, posts BIGINT NOT NULL,
      indexed_index BIGINT NOT NULL, segments INT NOT NULL)
    """,
    """
    CREATE TABLE IF NOT EXISTS founders(host INT PRIMARY KEY, incarnation BIGINT NOT NULL)
    """,
    """
    CREATE TABLE IF NOT EXISTS users(id INT PRIMARY KEY, name VARCHAR NOT NULL,
      idx BIGINT NOT NULL)
    """,
    """
    CREATE TABLE IF NOT EXISTS follows(follower INT, followee INT, since BIGINT NOT NULL,
      PRIMARY KEY(follower, followee))
    """,
    """
    CREATE TABLE IF NOT EXISTS clients(incarnation BIGINT PRIMARY KEY, host INT NOT NULL,
      superseded BOOLEAN NOT NULL, last_number BIGINT NOT NULL)
    """,
    """
    CREATE TABLE IF NOT EXISTS outcomes(client BIGINT, number BIGINT, outcome VARCHAR NOT NULL,
      PRIMARY KEY(client, number))
    """,
    // Only slots of which something took effect. By index, since that is how they are looked up.
    """
    CREATE TABLE IF NOT EXISTS slots(first_index BIGINT PRIMARY KEY, slot BIGINT NOT NULL,
      effective_count INT NOT NULL, ineffective INT ARRAY)
    """,
    """
    CREATE TABLE IF NOT EXISTS author_index(segment INT, first_author INT,
      entries VARBINARY NOT NULL, PRIMARY KEY(segment, first_author))
    """,
    alias("posts"),
    alias("timeline"),
  };

  private Schema() {}

  /** Creates what is missing. Not atomic, but repeatable. */
  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        statement.execute(sql);
      }
    }
  }

  private static String alias(String function) {
    return "CREATE ALIAS IF NOT EXISTS %s FOR '%s.%s'"
        .formatted(function, TimelineFunctions.class.getName(), function);
  }
}
