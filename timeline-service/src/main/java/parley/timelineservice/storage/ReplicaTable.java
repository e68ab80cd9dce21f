package parley.timelineservice.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import parley.timelineservice.paxos.Epoch;

/** Tables {@code replica} and {@code founders}. */
final class ReplicaTable {

  private static final String COLUMNS =
      "incarnation, voter, promised_number, promised_host, promised_incarnation, committed_slot,"
          + " applied_slot, applied_index, posts, indexed_index, segments, writes";

  private final Connection connection;
  private final PreparedStatement update;

  ReplicaTable(Connection connection) throws SQLException {
    this.connection = connection;
    String assignments = COLUMNS.replace(",", " = ?,") + " = ?";
    update = connection.prepareStatement("UPDATE replica SET " + assignments);
  }

  ReplicaRow read() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet format = statement.executeQuery("SELECT format FROM replica")) {
      format.next();
      if (format.getInt(1) != Schema.FORMAT) {
        throw new StorageFailure(
            "its format is %d, this release reads format %d: start the release that wrote it"
                .formatted(format.getInt(1), Schema.FORMAT));
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + COLUMNS + " FROM replica")) {
      row.next();
      Epoch promised = new Epoch(row.getLong(3), row.getInt(4), row.getLong(5));
      return new ReplicaRow(
          row.getLong(1),
          new Standing(row.getBoolean(2), promised, row.getLong(6)),
          new Progress(
              row.getLong(7), row.getLong(8), row.getLong(9), row.getLong(10), row.getInt(11)),
          row.getLong(12));
    }
  }

  void insert(ReplicaRow row) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO replica(%s, format) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, %d)"
                .formatted(COLUMNS, Schema.FORMAT))) {
      set(insert, row);
      insert.executeUpdate();
    }
  }

  void write(ReplicaRow row) throws SQLException {
    set(update, row);
    update.executeUpdate();
  }

  private static void set(PreparedStatement statement, ReplicaRow row) throws SQLException {
    Standing standing = row.standing();
    Progress progress = row.progress();
    statement.setLong(1, row.incarnation());
    statement.setBoolean(2, standing.voter());
    statement.setLong(3, standing.promised().number());
    statement.setInt(4, standing.promised().host());
    statement.setLong(5, standing.promised().incarnation());
    statement.setLong(6, standing.committedSlot());
    statement.setLong(7, progress.appliedSlot());
    statement.setLong(8, progress.appliedIndex());
    statement.setLong(9, progress.posts());
    statement.setLong(10, progress.indexedIndex());
    statement.setInt(11, progress.segments());
    statement.setLong(12, row.writes());
  }

  Map<Integer, Long> readFounders() throws SQLException {
    Map<Integer, Long> founders = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT host, incarnation FROM founders")) {
      while (rows.next()) {
        founders.put(rows.getInt(1), rows.getLong(2));
      }
    }
    return founders;
  }

  void writeFounders(Map<Integer, Long> founders) throws SQLException {
    try (Statement delete = connection.createStatement();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO founders VALUES(?, ?)")) {
      delete.executeUpdate("DELETE FROM founders");
      for (Map.Entry<Integer, Long> founder : founders.entrySet()) {
        insert.setInt(1, founder.getKey());
        insert.setLong(2, founder.getValue());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
