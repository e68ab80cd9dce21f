package parley.timelineservice.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.h2.tools.SimpleResultSet;
import org.h2.tools.SimpleRowSource;
import parley.timelineservice.timeline.Command;

/**
 * The table functions with which people read the timeline in SQL: {@code SELECT text FROM
 * posts('alice') ORDER BY idx DESC LIMIT 20}. They show what is applied and took effect, nothing
 * else (R13). Called by the database, with its own connection.
 */
public final class TimelineFunctions {

  private static final int TEXT_LENGTH_MAX = 1 << 20;

  private TimelineFunctions() {}

  /** All posts: idx, slot, author, text, posted_at by the author's own clock. */
  public static ResultSet posts(Connection connection) throws SQLException {
    return posts(asksForColumns(connection) ? Walk.NOWHERE : Walk.up(connection, 1));
  }

  /** The posts of one author; columns as for all posts. */
  public static ResultSet posts(Connection connection, String author) throws SQLException {
    return posts(asksForColumns(connection) ? Walk.NOWHERE : Walk.ofAuthor(connection, author));
  }

  /** Everything that took effect: idx, slot, kind, name, other, text, posted_at. */
  public static ResultSet timeline(Connection connection) throws SQLException {
    Walk walk = asksForColumns(connection) ? Walk.NOWHERE : Walk.up(connection, 1);
    SimpleResultSet rows = new SimpleResultSet(new Rows(walk, TimelineFunctions::commandRow));
    addColumn(rows, "IDX", Types.BIGINT, 19);
    addColumn(rows, "SLOT", Types.BIGINT, 19);
    addColumn(rows, "KIND", Types.VARCHAR, TEXT_LENGTH_MAX);
    addColumn(rows, "NAME", Types.VARCHAR, TEXT_LENGTH_MAX);
    addColumn(rows, "OTHER", Types.VARCHAR, TEXT_LENGTH_MAX);
    addColumn(rows, "TEXT", Types.VARCHAR, TEXT_LENGTH_MAX);
    addColumn(rows, "POSTED_AT", Types.TIMESTAMP_WITH_TIMEZONE, 35);
    return rows;
  }

  private static ResultSet posts(Walk walk) {
    SimpleResultSet rows = new SimpleResultSet(new Rows(walk, TimelineFunctions::postRow));
    addColumn(rows, "IDX", Types.BIGINT, 19);
    addColumn(rows, "SLOT", Types.BIGINT, 19);
    addColumn(rows, "AUTHOR", Types.VARCHAR, TEXT_LENGTH_MAX);
    addColumn(rows, "TEXT", Types.VARCHAR, TEXT_LENGTH_MAX);
    addColumn(rows, "POSTED_AT", Types.TIMESTAMP_WITH_TIMEZONE, 35);
    return rows;
  }

  private static void addColumn(SimpleResultSet rows, String name, int type, int precision) {
    rows.addColumn(name, type, precision, 0);
  }

  /** The database first calls with a connection that only asks which columns there are. */
  private static boolean asksForColumns(Connection connection) throws SQLException {
    return connection.getMetaData().getURL().equals("jdbc:columnlist:connection");
  }

  private static Object[] postRow(Walk.Place place) {
    return place.entry().command() instanceof Command.Post post
        ? new Object[] {place.index(), place.slot(), post.author(), post.text(), time(post)}
        : null;
  }

  private static Object[] commandRow(Walk.Place place) {
    Command command = place.entry().command();
    long index = place.index();
    long slot = place.slot();
    if (command instanceof Command.Post c) {
      return new Object[] {index, slot, "post", c.author(), null, c.text(), time(c)};
    }
    if (command instanceof Command.CreateUser c) {
      return new Object[] {index, slot, "create user", c.name(), null, null, null};
    }
    if (command instanceof Command.Follow c) {
      return new Object[] {index, slot, "follow", c.follower(), c.followee(), null, null};
    }
    if (command instanceof Command.Unfollow c) {
      return new Object[] {index, slot, "unfollow", c.follower(), c.followee(), null, null};
    }
    throw new IllegalStateException("has no index: " + command);
  }

  /** Null if the author sent no time, or none that a calendar has. */
  private static OffsetDateTime time(Command.Post post) {
    if (!post.hasTime()) {
      return null;
    }
    try {
      return Instant.ofEpochSecond(post.seconds(), post.nanos()).atOffset(ZoneOffset.UTC);
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /** Makes a row of a place, or null if the place is not to be shown. */
  private interface Row {
    Object[] of(Walk.Place place);
  }

  private record Rows(Walk walk, Row row) implements SimpleRowSource {

    @Override
    public Object[] readRow() throws SQLException {
      for (Walk.Place place = walk.next(); place != null; place = walk.next()) {
        Object[] shown = row.of(place);
        if (shown != null) {
          return shown;
        }
      }
      return null;
    }

    @Override
    public void close() {}

    @Override
    public void reset() throws SQLException {
      throw new SQLException("can be read once only");
    }
  }
}
