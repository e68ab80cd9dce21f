package parley.timelineservice.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Write;

/** Table {@code log}: a row per slot. */
final class LogTable {

  private static final int PAGE_ROWS_MAX = 1024;

  private final PreparedStatement put;

  LogTable(Connection connection) throws SQLException {
    put = connection.prepareStatement("MERGE INTO log KEY(slot) VALUES(?, ?, ?, ?, ?, ?, ?)");
  }

  /** Collects a row, in place of what the slot held; written by {@link #flush}. */
  void add(Write.Accepted write) throws SQLException {
    add(write.slot(), write.epoch(), write.batch(), write.committedSlot());
  }

  /** Collects a row, in place of what the slot held; written by {@link #flush}. */
  void add(Write.Copied write) throws SQLException {
    add(write.slot(), write.epoch(), write.batch(), write.slot());
  }

  private void add(long slot, Epoch epoch, Batch batch, long committed) throws SQLException {
    put.setLong(1, slot);
    put.setLong(2, epoch.number());
    put.setInt(3, epoch.host());
    put.setLong(4, epoch.incarnation());
    put.setLong(5, committed);
    put.setInt(6, batch.count());
    put.setBytes(7, batch.bytes());
    put.addBatch();
  }

  void flush() throws SQLException {
    put.executeBatch();
  }

  /**
   * The rows of a range of slots in order, until {@code maxBytes} are reached; the first row always
   * counts.
   */
  static List<AcceptedBatch> read(
      Connection connection, long fromSlot, long upToSlot, long maxBytes) throws SQLException {
    List<AcceptedBatch> rows = new ArrayList<>();
    long bytes = 0;
    long from = fromSlot;
    int page = 4;
    while (from <= upToSlot) {
      List<AcceptedBatch> more = page(connection, from, upToSlot, page);
      for (AcceptedBatch row : more) {
        bytes += row.batch().bytes().length;
        if (!rows.isEmpty() && bytes > maxBytes) {
          return rows;
        }
        rows.add(row);
      }
      if (more.size() < page || bytes >= maxBytes) {
        break;
      }
      from = more.get(more.size() - 1).slot() + 1;
      page = nextPage(page, rows.size(), bytes, maxBytes);
    }
    return rows;
  }

  /** As many rows as should fit, going by the size of those read so far. */
  static int nextPage(int page, int rows, long bytes, long maxBytes) {
    long fitting = (maxBytes - bytes) * rows / Math.max(1, bytes) + 1;
    return (int) Math.max(1, Math.min(Math.min(fitting, 4L * page), PAGE_ROWS_MAX));
  }

  private static List<AcceptedBatch> page(
      Connection connection, long fromSlot, long upToSlot, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT slot, epoch_number, epoch_host, epoch_incarnation, entry_count, entries
            FROM log WHERE slot BETWEEN ? AND ? ORDER BY slot LIMIT ?\
            """)) {
      select.setLong(1, fromSlot);
      select.setLong(2, upToSlot);
      select.setInt(3, limit);
      List<AcceptedBatch> page = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Epoch epoch = new Epoch(rows.getLong(2), rows.getInt(3), rows.getLong(4));
          Batch batch = new Batch(rows.getInt(5), rows.getBytes(6));
          page.add(new AcceptedBatch(rows.getLong(1), epoch, batch));
        }
      }
      return page;
    }
  }
}
