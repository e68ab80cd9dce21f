package parley.timelineservice.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongSupplier;

/** The tables of a replica's file, and the functions with which people read them. */
final class Schema {

  /** Raised whenever a release cannot read what an older one wrote, or the other way round. */
  static final int FORMAT = 3;

  private static final String[] STATEMENTS = {
    """
    CREATE TABLE log(slot BIGINT PRIMARY KEY, epoch_number BIGINT NOT NULL,
      epoch_host INT NOT NULL, epoch_incarnation BIGINT NOT NULL, committed BIGINT NOT NULL,
      entry_count INT NOT NULL, entries VARBINARY NOT NULL)
    """,
    """
    CREATE TABLE replica(format INT NOT NULL, incarnation BIGINT NOT NULL,
      voter BOOLEAN NOT NULL, promised_number BIGINT NOT NULL, promised_host INT NOT NULL,
      promised_incarnation BIGINT NOT NULL, committed_slot BIGINT NOT NULL,
      applied_slot BIGINT NOT NULL, applied_index BIGINT NOT NULL, posts BIGINT NOT NULL,
      indexed_index BIGINT NOT NULL, segments INT NOT NULL, writes BIGINT NOT NULL)
    """,
    """
    CREATE TABLE founders(host INT PRIMARY KEY, incarnation BIGINT NOT NULL)
    """,
    """
    CREATE TABLE users(id INT PRIMARY KEY, name VARCHAR NOT NULL,
      idx BIGINT NOT NULL)
    """,
    """
    CREATE TABLE follows(follower INT, followee INT, since BIGINT NOT NULL,
      PRIMARY KEY(follower, followee))
    """,
    """
    CREATE TABLE clients(incarnation BIGINT PRIMARY KEY, host INT NOT NULL,
      superseded BOOLEAN NOT NULL, last_number BIGINT NOT NULL)
    """,
    """
    CREATE TABLE outcomes(client BIGINT, number BIGINT, outcome VARCHAR NOT NULL,
      PRIMARY KEY(client, number))
    """,
    """
    CREATE TABLE writers(author INT, writer BIGINT, sequence BIGINT NOT NULL,
      idx BIGINT NOT NULL, PRIMARY KEY(author, writer))
    """,
    // Only slots of which something took effect. By index, since that is how they are looked up.
    """
    CREATE TABLE slots(first_index BIGINT PRIMARY KEY, slot BIGINT NOT NULL,
      effective_count INT NOT NULL, ineffective INT ARRAY)
    """,
    """
    CREATE TABLE author_index(segment INT, first_author INT,
      entries VARBINARY NOT NULL, PRIMARY KEY(segment, first_author))
    """,
    alias("posts"),
    alias("timeline"),
  };

  private Schema() {}

  /** Makes a new replica's tables in an empty database. */
  static void create(Connection connection, LongSupplier incarnations) throws SQLException {
    long incarnation = incarnations.getAsLong();
    if (incarnation == 0) {
      throw new IllegalArgumentException("0 was drawn as incarnation");
    }
    try (Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        statement.execute(sql);
      }
    }
    new ReplicaTable(connection).insert(ReplicaRow.created(incarnation));
  }

  private static String alias(String function) {
    return "CREATE ALIAS %s FOR '%s.%s'"
        .formatted(function, TimelineFunctions.class.getName(), function);
  }
}
