package parley.timelineservice.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Entry;

/**
 * Goes through stored commands that took effect, in order of their indexes, holding few of them.
 */
interface Walk {

  /** A command and where it stands. */
  record Place(long index, long slot, Entry entry) {}

  /** The next place, or null at the end. */
  Place next() throws SQLException;

  /** Ends at once. */
  Walk NOWHERE = () -> null;

  /** All commands from an index on. */
  static Walk up(Connection connection, long fromIndex) {
    return new Upwards(connection, fromIndex);
  }

  /** An author's posts: by the index by author as far as that goes, then by looking at all. */
  static Walk ofAuthor(Connection connection, String author) throws SQLException {
    List<Long> indexes = new ArrayList<>();
    long sealedIndex;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT segments, indexed_index FROM replica")) {
      row.next();
      int segments = row.getInt(1);
      sealedIndex = row.getLong(2);
      Integer id = idOf(connection, author);
      for (int segment = 0; id != null && segment < segments; segment++) {
        AuthorBlock.Part part = AuthorIndexTable.find(connection, segment, id);
        for (long index : part == null ? new long[0] : part.indexes()) {
          indexes.add(index);
        }
      }
    }
    Walk sealed = new At(connection, indexes);
    Walk rest = up(connection, sealedIndex + 1);
    return () -> {
      Place place = sealed.next();
      while (place == null || !isPostOf(author, place)) {
        place = rest.next();
        if (place == null) {
          return null;
        }
      }
      return place;
    };
  }

  private static boolean isPostOf(String author, Place place) {
    return place.entry().command() instanceof Command.Post post && post.author().equals(author);
  }

  private static Integer idOf(Connection connection, String name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT id FROM users WHERE name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getInt(1) : null;
      }
    }
  }

  /** Reads a few slots at a time. */
  final class Upwards implements Walk {
    private static final long BYTES_AT_ONCE = 1 << 20;

    private final Connection connection;
    private final Deque<Place> ahead = new ArrayDeque<>();
    private long nextIndex;

    private Upwards(Connection connection, long fromIndex) {
      this.connection = connection;
      this.nextIndex = fromIndex;
    }

    @Override
    public Place next() throws SQLException {
      if (ahead.isEmpty()) {
        for (EffectiveSlot slot : SlotsTable.read(connection, nextIndex, BYTES_AT_ONCE)) {
          long index = slot.firstIndex();
          for (Entry entry : slot.decoded()) {
            ahead.add(new Place(index, slot.slot(), entry));
            index++;
          }
          nextIndex = index;
        }
      }
      return ahead.poll();
    }
  }

  /** Goes to given indexes, ascending. */
  final class At implements Walk {
    private final Connection connection;
    private final List<Long> indexes;
    private int done;
    private EffectiveSlot slot;

    private At(Connection connection, List<Long> indexes) {
      this.connection = connection;
      this.indexes = indexes;
    }

    @Override
    public Place next() throws SQLException {
      if (done == indexes.size()) {
        return null;
      }
      long index = indexes.get(done++);
      if (slot == null || index > slot.lastIndex()) {
        slot = SlotsTable.read(connection, index, 0).get(0);
      }
      return new Place(index, slot.slot(), slot.entryAt(index));
    }
  }
}
