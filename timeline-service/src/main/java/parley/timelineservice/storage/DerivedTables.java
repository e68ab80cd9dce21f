package parley.timelineservice.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Change;
import parley.timelineservice.timeline.Outcome;

/**
 * The tables that follow from applied slots: users, follows, clients, outcomes, writers and slots
 * (R9). What changed several times in one transaction is written once.
 */
final class DerivedTables {

  private record Pair(int follower, int followee) {}

  private record Writer(int author, long id) {}

  private final PreparedStatement putUser;
  private final PreparedStatement putFollow;
  private final PreparedStatement deleteFollow;
  private final PreparedStatement putClient;
  private final PreparedStatement supersedeClient;
  private final PreparedStatement putOutcome;
  private final PreparedStatement deleteOutcome;
  private final PreparedStatement deleteOutcomes;
  private final PreparedStatement putWriter;
  private final PreparedStatement deleteWriter;
  private final PreparedStatement putSlot;

  DerivedTables(Connection connection) throws SQLException {
    putUser = connection.prepareStatement("INSERT INTO users VALUES(?, ?, ?)");
    putFollow =
        connection.prepareStatement("MERGE INTO follows KEY(follower, followee) VALUES(?, ?, ?)");
    deleteFollow =
        connection.prepareStatement("DELETE FROM follows WHERE follower = ? AND followee = ?");
    putClient =
        connection.prepareStatement("MERGE INTO clients KEY(incarnation) VALUES(?, ?, FALSE, ?)");
    supersedeClient =
        connection.prepareStatement("UPDATE clients SET superseded = TRUE WHERE incarnation = ?");
    putOutcome = connection.prepareStatement("INSERT INTO outcomes VALUES(?, ?, ?)");
    deleteOutcome =
        connection.prepareStatement("DELETE FROM outcomes WHERE client = ? AND number = ?");
    deleteOutcomes = connection.prepareStatement("DELETE FROM outcomes WHERE client = ?");
    putWriter =
        connection.prepareStatement("MERGE INTO writers KEY(author, writer) VALUES(?, ?, ?, ?)");
    deleteWriter =
        connection.prepareStatement("DELETE FROM writers WHERE author = ? AND writer = ?");
    putSlot = connection.prepareStatement("INSERT INTO slots VALUES(?, ?, ?, ?)");
  }

  void write(List<AppliedSlot> applied) throws SQLException {
    Map<Pair, Change> follows = new LinkedHashMap<>();
    Map<Long, Change.ClientStands> clients = new LinkedHashMap<>();
    Map<Writer, Change> writers = new LinkedHashMap<>();
    for (AppliedSlot slot : applied) {
      addSlot(slot);
      for (Change change : slot.changes()) {
        if (change instanceof Change.Followed c) {
          follows.put(new Pair(c.follower(), c.followee()), c);
        } else if (change instanceof Change.Unfollowed c) {
          follows.put(new Pair(c.follower(), c.followee()), c);
        } else if (change instanceof Change.ClientStands c) {
          clients.put(c.client(), c);
        } else if (change instanceof Change.WriterStands c) {
          writers.put(new Writer(c.author(), c.writer()), c);
        } else if (change instanceof Change.WriterForgotten c) {
          writers.put(new Writer(c.author(), c.writer()), c);
        } else {
          add(change);
        }
      }
    }
    for (Change change : follows.values()) {
      add(change);
    }
    for (Change change : clients.values()) {
      add(change);
    }
    for (Change change : writers.values()) {
      add(change);
    }
    flush();
  }

  private void addSlot(AppliedSlot slot) throws SQLException {
    if (slot.count() == 0) {
      return;
    }
    putSlot.setLong(1, slot.firstIndex());
    putSlot.setLong(2, slot.slot());
    putSlot.setInt(3, slot.count());
    putSlot.setObject(
        4, slot.ineffective().isEmpty() ? null : slot.ineffective().toArray(Integer[]::new));
    putSlot.addBatch();
  }

  private void add(Change change) throws SQLException {
    if (change instanceof Change.UserCreated c) {
      putUser.setInt(1, c.id());
      putUser.setString(2, c.name());
      putUser.setLong(3, c.index());
      putUser.addBatch();
    } else if (change instanceof Change.Followed c) {
      putFollow.setInt(1, c.follower());
      putFollow.setInt(2, c.followee());
      putFollow.setLong(3, c.sinceIndex());
      putFollow.addBatch();
    } else if (change instanceof Change.Unfollowed c) {
      deleteFollow.setInt(1, c.follower());
      deleteFollow.setInt(2, c.followee());
      deleteFollow.addBatch();
    } else if (change instanceof Change.ClientStands c) {
      putClient.setLong(1, c.client());
      putClient.setInt(2, c.host());
      putClient.setLong(3, c.lastNumber());
      putClient.addBatch();
    } else if (change instanceof Change.ClientSuperseded c) {
      supersedeClient.setLong(1, c.client());
      supersedeClient.addBatch();
      deleteOutcomes.setLong(1, c.client());
      deleteOutcomes.addBatch();
    } else if (change instanceof Change.OutcomeKept c) {
      putOutcome.setLong(1, c.client());
      putOutcome.setLong(2, c.number());
      putOutcome.setString(3, c.outcome().name());
      putOutcome.addBatch();
    } else if (change instanceof Change.OutcomeForgotten c) {
      deleteOutcome.setLong(1, c.client());
      deleteOutcome.setLong(2, c.number());
      deleteOutcome.addBatch();
    } else if (change instanceof Change.WriterStands c) {
      putWriter.setInt(1, c.author());
      putWriter.setLong(2, c.writer());
      putWriter.setLong(3, c.sequence());
      putWriter.setLong(4, c.index());
      putWriter.addBatch();
    } else if (change instanceof Change.WriterForgotten c) {
      deleteWriter.setInt(1, c.author());
      deleteWriter.setLong(2, c.writer());
      deleteWriter.addBatch();
    }
  }

  /**
   * What removes comes after what it may remove: no outcome comes back under its number, and a
   * follow or a writer is among either the new or the removed ones.
   */
  private void flush() throws SQLException {
    putSlot.executeBatch();
    putUser.executeBatch();
    putFollow.executeBatch();
    deleteFollow.executeBatch();
    putClient.executeBatch();
    supersedeClient.executeBatch();
    putOutcome.executeBatch();
    deleteOutcome.executeBatch();
    deleteOutcomes.executeBatch();
    putWriter.executeBatch();
    deleteWriter.executeBatch();
  }

  /** The state as stored, in the order in which a timeline is rebuilt from it. */
  static List<Change> read(Connection connection) throws SQLException {
    List<Change> state = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("SELECT * FROM users ORDER BY id")) {
        while (rows.next()) {
          state.add(new Change.UserCreated(rows.getInt(1), rows.getString(2), rows.getLong(3)));
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT * FROM follows ORDER BY since")) {
        while (rows.next()) {
          state.add(new Change.Followed(rows.getInt(1), rows.getInt(2), rows.getLong(3)));
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT * FROM clients")) {
        while (rows.next()) {
          long client = rows.getLong(1);
          state.add(
              rows.getBoolean(3)
                  ? new Change.ClientSuperseded(client)
                  : new Change.ClientStands(client, rows.getInt(2), rows.getLong(4)));
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT * FROM outcomes")) {
        while (rows.next()) {
          Outcome outcome = Outcome.valueOf(rows.getString(3));
          state.add(new Change.OutcomeKept(rows.getLong(1), rows.getLong(2), outcome));
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT * FROM writers ORDER BY idx")) {
        while (rows.next()) {
          state.add(
              new Change.WriterStands(
                  rows.getInt(1), rows.getLong(2), rows.getLong(3), rows.getLong(4)));
        }
      }
    }
    return state;
  }
}
