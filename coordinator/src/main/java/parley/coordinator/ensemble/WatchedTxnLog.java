package parley.coordinator.ensemble;

import java.io.File;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;

/**
 * ZooKeeper's log of transactions, which tells when the disk has failed it.
 *
 * <p>A following peer would only leave its leader and join again in the same process, with a
 * database in memory that holds what never reached the disk, and vote by it (ZOOKEEPER-4882). Only
 * a new process, which reads the disk, may go on.
 */
final class WatchedTxnLog extends FileTxnSnapLog {
  private final Consumer<IOException> failed;

  /**
   * @param failed told, on ZooKeeper's thread and before ZooKeeper itself
   */
  WatchedTxnLog(File logFolder, File snapshotFolder, Consumer<IOException> failed)
      throws IOException {
    super(logFolder, snapshotFolder);
    this.failed = failed;
  }

  @Override
  public boolean append(Request request) throws IOException {
    try {
      return super.append(request);
    } catch (IOException e) {
      throw told(e);
    }
  }

  @Override
  public void commit() throws IOException {
    try {
      super.commit();
    } catch (IOException e) {
      throw told(e);
    }
  }

  @Override
  public void rollLog() throws IOException {
    try {
      super.rollLog();
    } catch (IOException e) {
      throw told(e);
    }
  }

  private IOException told(IOException failure) {
    failed.accept(failure);
    return failure;
  }
}
