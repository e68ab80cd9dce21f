package parley.timelineservice.storage;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads tables {@code slots} and {@code log} together: what took effect, by index. */
final class SlotsTable {

  private SlotsTable() {}

  /**
   * The stored slots from the one that holds this index on, until {@code maxBytes} are reached; the
   * first one always counts. Empty if nothing is stored at or above the index.
   *
   * @param fromIndex at least 1
   */
  static List<EffectiveSlot> read(Connection connection, long fromIndex, long maxBytes)
      throws SQLException {
    List<EffectiveSlot> slots = new ArrayList<>();
    long bytes = 0;
    long from = firstIndexAtOrBelow(connection, fromIndex);
    int page = maxBytes > 0 ? 4 : 1;
    while (true) {
      List<EffectiveSlot> more = page(connection, from, page);
      for (EffectiveSlot slot : more) {
        if (slot.lastIndex() < fromIndex) {
          continue;
        }
        bytes += slot.entries().length;
        if (!slots.isEmpty() && bytes > maxBytes) {
          return slots;
        }
        slots.add(slot);
      }
      if (more.size() < page || !slots.isEmpty() && bytes >= maxBytes) {
        return slots;
      }
      from = more.get(more.size() - 1).lastIndex() + 1;
      page = LogTable.nextPage(page, slots.size(), bytes, maxBytes);
    }
  }

  private static long firstIndexAtOrBelow(Connection connection, long index) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT first_index FROM slots WHERE first_index <= ?
            ORDER BY first_index DESC LIMIT 1\
            """)) {
      select.setLong(1, index);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : index;
      }
    }
  }

  private static List<EffectiveSlot> page(Connection connection, long fromIndex, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT s.slot, s.first_index, s.effective_count, s.ineffective, l.entries
            FROM slots s LEFT JOIN log l ON l.slot = s.slot
            WHERE s.first_index >= ? ORDER BY s.first_index LIMIT ?\
            """)) {
      select.setLong(1, fromIndex);
      select.setInt(2, limit);
      List<EffectiveSlot> page = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          page.add(
              EffectiveSlot.of(
                  rows.getLong(1),
                  rows.getLong(2),
                  rows.getInt(3),
                  rows.getBytes(5),
                  positions(rows.getArray(4))));
        }
      }
      return page;
    }
  }

  private static List<Integer> positions(Array array) throws SQLException {
    return array == null
        ? List.of()
        : Arrays.stream((Object[]) array.getArray()).map(Integer.class::cast).toList();
  }
}
