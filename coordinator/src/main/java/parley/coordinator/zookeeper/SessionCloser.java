package parley.coordinator.zookeeper;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.coordinator.cluster.ClusterConfig;

/**
 * Ends the ZooKeeper session of a process that is dead, so that its place in the election and its
 * registrations vanish now and not after the session's time-out.
 *
 * <p>Only for the dead: a living process would lose its session. Whoever restarts a process reads
 * its session file before the new process can have written it. Thread-safe; blocks, up to the limit
 * and about a second.
 */
public final class SessionCloser {
  /** What is known of the session now. */
  public enum Result {
    /** It was alive and has been ended. */
    CLOSED,
    /** It had ended before. */
    GONE,
    /**
     * ZooKeeper could not be asked in time: the session lives on until it expires or somebody
     * closes it.
     */
    UNREACHABLE
  }

  private static final Logger log = LoggerFactory.getLogger(SessionCloser.class);

  private final String connect;
  private final int timeoutMs;

  public SessionCloser(ClusterConfig config) {
    this.connect = config.zooKeeperConnectString();
    this.timeoutMs = config.settings().zooKeeperSessionMs();
  }

  /** Takes the session over and closes it. */
  public Result close(Session session, Duration limit) throws InterruptedException {
    CompletableFuture<KeeperState> answer = new CompletableFuture<>();
    ZooKeeper zooKeeper;
    try {
      zooKeeper =
          new ZooKeeper(
              connect,
              timeoutMs,
              event -> {
                if (event.getState() != KeeperState.Disconnected) {
                  answer.complete(event.getState());
                }
              },
              session.id(),
              session.password());
    } catch (IOException e) {
      log.warn("ZooKeeper at {} cannot be asked to close session {}: {}", connect, session, e);
      return Result.UNREACHABLE;
    }
    try {
      KeeperState state = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return state == KeeperState.SyncConnected ? Result.CLOSED : Result.GONE;
    } catch (TimeoutException e) {
      return Result.UNREACHABLE;
    } catch (ExecutionException e) {
      throw new AssertionError("nobody fails the answer", e);
    } finally {
      // Of a session that was reached, this is the closing.
      zooKeeper.close();
    }
  }
}
