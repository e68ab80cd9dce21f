package parley.coordinator.zookeeper;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.coordinator.cluster.ClusterConfig;

/**
 * A process's one connection to the ensemble, which nobody has to wait for and which never gives
 * up.
 *
 * <p>No method blocks, except {@link #close}. Without ZooKeeper the process starts and runs; what
 * it wanted to register is registered when ZooKeeper comes. A session that its predecessor left
 * behind is ended before anything else happens, so that the process does not queue behind its own
 * ghost.
 *
 * <p>One thread, {@code zookeeper-client}, owns the state here and in the tenants; all listeners
 * run on it. Curator times with the wall clock in places, so a monotonic watch stands beside it: it
 * says when the session must be assumed dead, and replaces a Curator that does not come back.
 */
public final class ZooKeeperClient implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ZooKeeperClient.class);
  private static final Duration OLD_SESSION_LIMIT = Duration.ofSeconds(5);
  private static final int CLOSE_LIMIT_MS = 3_000;
  private static final int TICK_MS = 500;

  /** So many session time-outs without a usable session, and Curator is replaced. */
  private static final int PATIENCE_SESSIONS = 10;

  private final ClusterConfig config;
  private final Optional<SessionFile> sessionFile;
  private final Consumer<String> fatal;
  private final long sessionNanos;
  private final ScheduledThreadPoolExecutor thread;
  private final List<Tenant> tenants = new ArrayList<>();
  private final List<Consumer<Connection>> listeners = new CopyOnWriteArrayList<>();
  private volatile CuratorFramework curator;
  private volatile Connection connection = Connection.WAITING;
  private volatile boolean closed;
  private int generation;
  private boolean handleConnected;
  private long disconnectedAt;
  private long usableAt;

  /**
   * For a process that registers something.
   *
   * @param sessionFile where its sessions are left for whoever survives it
   * @param fatal told, on the client's thread, why only a restart of the process can help; should
   *     halt it
   */
  public ZooKeeperClient(ClusterConfig config, SessionFile sessionFile, Consumer<String> fatal) {
    this(config, Optional.of(sessionFile), fatal);
  }

  /** For a process that only reads: it leaves nothing behind that somebody would have to end. */
  public static ZooKeeperClient reader(ClusterConfig config) {
    return new ZooKeeperClient(
        config, Optional.empty(), why -> log.error("ZooKeeper cannot be read: {}", why));
  }

  private ZooKeeperClient(
      ClusterConfig config, Optional<SessionFile> sessionFile, Consumer<String> fatal) {
    this.config = config;
    this.sessionFile = sessionFile;
    this.fatal = fatal;
    this.sessionNanos = TimeUnit.MILLISECONDS.toNanos(config.settings().zooKeeperSessionMs());
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> new Thread(task, "zookeeper-client"),
            // What comes after close() is not wanted any more.
            new ThreadPoolExecutor.DiscardPolicy());
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Begins to connect; call once. */
  public void start() {
    execute(this::begin);
  }

  /** How this process stands with ZooKeeper; any thread. */
  public Connection connection() {
    return connection;
  }

  /**
   * Adds a listener for changes of {@link #connection}; it is called on the client's thread and
   * must not block.
   */
  public void onConnection(Consumer<Connection> listener) {
    listeners.add(listener);
  }

  /**
   * Ends the session, and with it the place in the election and all registrations; takes three
   * seconds at most. The second call does nothing.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    CountDownLatch done = new CountDownLatch(1);
    thread.execute(
        () -> {
          try {
            endCurator();
          } finally {
            done.countDown();
          }
        });
    try {
      if (!done.await(CLOSE_LIMIT_MS, TimeUnit.MILLISECONDS)) {
        log.warn("The ZooKeeper session could not be ended in time and will expire");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }

  /**
   * Lets a tenant move in; it is told at once, on the client's thread, where a Curator is there
   * already.
   */
  void add(Tenant tenant) {
    execute(
        () -> {
          tenants.add(tenant);
          if (curator != null) {
            tenant.opened(curator);
          }
        });
  }

  /** Runs a task on the client's thread; dropped after {@link #close}. */
  void execute(Runnable task) {
    thread.execute(() -> guarded(task));
  }

  /** Runs a task on the client's thread after a pause; dropped after {@link #close}. */
  void schedule(Runnable task, long delayMs) {
    thread.schedule(() -> guarded(task), delayMs, TimeUnit.MILLISECONDS);
  }

  /** The handle of the current session, if there is one now; any thread. */
  Optional<ZooKeeper> handle() {
    CuratorFramework current = curator;
    if (current == null || connection != Connection.CONNECTED) {
      return Optional.empty();
    }
    try {
      return Optional.of(current.getZookeeperClient().getZooKeeper());
    } catch (Exception e) {
      log.debug("No handle now", e);
      return Optional.empty();
    }
  }

  long sessionNanos() {
    return sessionNanos;
  }

  /** Replaces Curator and its session; on the client's thread. */
  void renew(String why) {
    log.warn("Starting over with ZooKeeper: {}", why);
    endCurator();
    openCurator();
  }

  /** Gives the process up; on the client's thread. */
  void fail(String why) {
    log.error("This process cannot go on: {}", why);
    fatal.accept(why);
  }

  private void guarded(Runnable task) {
    if (closed) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("The ZooKeeper client is broken", e);
      fail("the ZooKeeper client is broken: " + e);
    }
  }

  private void begin() {
    try {
      Optional<Session> old = sessionFile.isPresent() ? sessionFile.get().read() : Optional.empty();
      if (old.isPresent()) {
        SessionCloser.Result result = new SessionCloser(config).close(old.get(), OLD_SESSION_LIMIT);
        if (result == SessionCloser.Result.UNREACHABLE) {
          execute(this::begin);
          return;
        }
        log.info("Old ZooKeeper session {}: {}", old.get(), result);
      }
    } catch (IOException e) {
      log.warn(
          "The old ZooKeeper session is not known ({}) and lasts until it expires", e.toString());
    } catch (InterruptedException e) {
      // Only close() interrupts.
      Thread.currentThread().interrupt();
      return;
    }
    openCurator();
    thread.scheduleWithFixedDelay(
        () -> guarded(this::tick), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  private void openCurator() {
    handleConnected = false;
    disconnectedAt = System.nanoTime();
    usableAt = disconnectedAt;
    int sessionMs = config.settings().zooKeeperSessionMs();
    int opening = ++generation;
    SessionRecorder recorder =
        new SessionRecorder(sessionFile, state -> execute(() -> onHandleState(opening, state)));
    curator =
        CuratorFrameworkFactory.builder()
            .connectString(config.zooKeeperConnectString())
            .zookeeperFactory(recorder)
            .sessionTimeoutMs(sessionMs)
            .connectionTimeoutMs(sessionMs)
            .retryPolicy(new ExponentialBackoffRetry(100, 4, 1_000))
            // zoo.cfg alone says where the hosts are.
            .ensembleTracker(false)
            // Parents outlive their children, so that people find the tree.
            .dontUseContainerParents()
            .maxCloseWaitMs(1_000)
            .build();
    curator.start();
    for (Tenant tenant : tenants) {
      tenant.opened(curator);
    }
  }

  private void endCurator() {
    if (curator == null) {
      return;
    }
    for (Tenant tenant : tenants) {
      tenant.closing();
    }
    CuratorFramework old = curator;
    curator = null;
    old.close();
    if (connection != Connection.WAITING) {
      become(Connection.LOST);
    }
  }

  private void onHandleState(int opening, KeeperState state) {
    if (opening != generation) {
      return;
    }
    handleConnected = state == KeeperState.SyncConnected;
    if (handleConnected) {
      become(Connection.CONNECTED);
      return;
    }
    disconnectedAt = System.nanoTime();
    if (connection == Connection.CONNECTED) {
      become(state == KeeperState.Disconnected ? Connection.SUSPENDED : Connection.LOST);
    } else if (connection == Connection.SUSPENDED && state == KeeperState.Expired) {
      become(Connection.LOST);
    }
  }

  private void tick() {
    long now = System.nanoTime();
    if (connection == Connection.SUSPENDED && now - disconnectedAt >= sessionNanos) {
      become(Connection.LOST);
    }
    boolean usable = handleConnected && curator.getZookeeperClient().isConnected();
    if (usable) {
      usableAt = now;
    } else if (now - usableAt >= PATIENCE_SESSIONS * sessionNanos) {
      renew("no session for %d s".formatted(TimeUnit.NANOSECONDS.toSeconds(now - usableAt)));
    }
    for (Tenant tenant : tenants) {
      tenant.tick(now, usable);
    }
  }

  private void become(Connection next) {
    if (connection == next) {
      return;
    }
    connection = next;
    log.info("ZooKeeper: {}", next);
    listeners.forEach(listener -> listener.accept(next));
  }
}
