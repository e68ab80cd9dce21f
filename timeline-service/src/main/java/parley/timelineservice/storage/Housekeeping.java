package parley.timelineservice.storage;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * Has H2 use its file's space again. H2 writes each large row three times, until its page is full,
 * and all of a chunk's space is kept for the one page of it that is still in use. Its own remedy is
 * a background thread, which cannot be had together with commits that are durable when they return.
 *
 * <p>So the one thread that writes calls this now and then: what is still in use of chunks that are
 * mostly not becomes part of the next commit, and a later one may overwrite them.
 */
final class Housekeeping {

  /** Below it, chunks are rewritten; a higher one costs more writing than it saves space. */
  private static final int FILL_PERCENT = 75;

  private static final int WRITES_BETWEEN = 16;
  private static final int BYTES_AT_ONCE = 1 << 20;

  private final MVStore store;
  private int writes;

  Housekeeping(Connection connection) throws SQLException {
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    store = session.getDatabase().getStore().getMvStore();
  }

  /** To be called between transactions. */
  void afterWrite() {
    if (++writes % WRITES_BETWEEN == 0) {
      store.compact(FILL_PERCENT, BYTES_AT_ONCE);
    }
  }
}
