package parley.timelineservice.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * A few connections for readers, so that they wait neither for the writer nor much for each other.
 * Any thread may call, except an interrupted one: an interrupt inside the database kills it.
 */
final class ReadConnections implements AutoCloseable {

  /** A query, or several as one. */
  interface Query<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Creates another connection to the same file. */
  interface Source {
    Connection open() throws SQLException;
  }

  private static final int CONNECTIONS = 3;

  private final List<Connection> all = new ArrayList<>();
  private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();
  private final Semaphore available = new Semaphore(CONNECTIONS, true);

  ReadConnections(Source source) throws SQLException {
    for (int i = 0; i < CONNECTIONS; i++) {
      Connection connection = source.open();
      all.add(connection);
      idle.add(connection);
    }
  }

  /** Runs the query; each statement sees what was committed when it began. */
  <T> T read(Query<T> query) {
    available.acquireUninterruptibly();
    Connection connection = idle.remove();
    try {
      refuseInterrupted();
      return query.run(connection);
    } catch (SQLException e) {
      throw new StorageFailure("the timeline cannot be read: " + e.getMessage(), e);
    } finally {
      idle.add(connection);
      available.release();
    }
  }

  /** Runs the query; all its statements see what was committed when the first one began. */
  <T> T readAsOfOneMoment(Query<T> query) {
    return read(
        connection -> {
          connection.setAutoCommit(false);
          try {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            return query.run(connection);
          } finally {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
          }
        });
  }

  static void refuseInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException(
          "interrupted thread at the database: it would close the file under everybody's hands");
    }
  }

  /** Waits for running queries; later ones fail. */
  @Override
  public void close() throws SQLException {
    available.acquireUninterruptibly(CONNECTIONS);
    try {
      for (Connection connection : all) {
        connection.close();
      }
    } finally {
      available.release(CONNECTIONS);
    }
  }
}
