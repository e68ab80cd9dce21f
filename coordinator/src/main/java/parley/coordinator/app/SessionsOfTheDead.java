package parley.coordinator.app;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.HostFolder;
import parley.coordinator.supervision.DeathListener;
import parley.coordinator.supervision.Role;
import parley.coordinator.zookeeper.Service;
import parley.coordinator.zookeeper.Session;
import parley.coordinator.zookeeper.SessionCloser;
import parley.coordinator.zookeeper.SessionFile;

/**
 * Ends the ZooKeeper session of each process of this host that has died, so that another primary is
 * elected at once and not after the session's time-out.
 *
 * <p>Has a thread {@code session-closer} per service, since ZooKeeper may take its time.
 */
final class SessionsOfTheDead implements DeathListener {
  private static final Logger log = LoggerFactory.getLogger(SessionsOfTheDead.class);

  private static final int PASSWORD_BYTES = 16;
  private static final Session NOBODYS = new Session(1, "00".repeat(PASSWORD_BYTES));

  private final SessionCloser closer;
  private final HostFolder folder;

  /** By then the session has expired, or soon will. */
  private final Duration limit;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          Service.values().length,
          task -> {
            Thread thread = new Thread(task, "session-closer");
            thread.setDaemon(true);
            return thread;
          });

  SessionsOfTheDead(ClusterConfig config, HostFolder folder) {
    closer = new SessionCloser(config);
    limit = Duration.ofMillis(config.settings().zooKeeperSessionMs());
    this.folder = folder;
  }

  /**
   * Closes a session that nobody has, on another thread, so that the first real one is not slowed
   * down by all that a first connection loads and compiles. To be called when ZooKeeper serves.
   */
  void rehearse() {
    threads.execute(
        () -> {
          try {
            closer.close(NOBODYS, limit);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Override
  public CompletableFuture<Void> onDeath(Role role) {
    return switch (role) {
      case TIMELINE_SERVICE -> endSession(Service.TIMELINE_SERVICE);
      case FRONTEND -> endSession(Service.FRONTEND);
      case COORDINATOR -> throw new IllegalArgumentException("a coordinator has no session");
    };
  }

  /** The file is read here and now: soon the next process will replace it. */
  private CompletableFuture<Void> endSession(Service service) {
    try {
      Optional<Session> session = SessionFile.of(folder, service).read();
      if (session.isPresent()) {
        return CompletableFuture.runAsync(() -> end(service, session.get()), threads);
      }
    } catch (IOException e) {
      log.warn(
          "The session of the dead {} cannot be read, and will expire: {}",
          service.label(),
          e.toString());
    }
    return CompletableFuture.completedFuture(null);
  }

  private void end(Service service, Session session) {
    try {
      log.info(
          "ZooKeeper session {} of the dead {}: {}",
          session,
          service.label(),
          closer.close(session, limit));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
