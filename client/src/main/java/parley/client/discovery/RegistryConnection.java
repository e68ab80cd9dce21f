package parley.client.discovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.client.ServerAddress;
import parley.client.base.Pauses;

/**
 * Follows the entries under a target's znode, and never gives up: it tries one ZooKeeper server
 * after the other for a while, pauses for longer and longer, and begins anew. For its owner's
 * thread alone.
 *
 * <p>Says nothing while ZooKeeper is away; what it said last is then the best that is known.
 */
final class RegistryConnection implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RegistryConnection.class);

  /** Nothing here hangs on a session; it only says how soon a silent server is left. */
  private static final int SESSION_MS = 10_000;

  private static final int CONNECT_MS = 5_000;
  private static final int CLOSE_WAIT_MS = 1_000;

  /** Curator's own timers trust the wall clock, so it may be stuck: it is replaced then. */
  private static final Duration ATTEMPT = Duration.ofSeconds(15);

  private final ZkTarget target;
  private final Executor owner;
  private final Consumer<List<ServerAddress>> listener;
  private final Pauses pauses;
  private CuratorFramework curator;
  private CuratorCache cache;
  private boolean filled;

  /** When the entries were followed last, or trying began. */
  private long followedAt;

  private long resumeAt;

  /**
   * @param listener told on the owner's thread what the registry names, after each change
   */
  RegistryConnection(
      ZkTarget target, Executor owner, Consumer<List<ServerAddress>> listener, Pauses pauses) {
    this.target = target;
    this.owner = owner;
    this.listener = listener;
    this.pauses = pauses;
  }

  /** Begins to connect. */
  void open(long nanos) {
    followedAt = nanos;
    filled = false;
    curator =
        CuratorFrameworkFactory.builder()
            .connectString(target.connectString())
            .sessionTimeoutMs(SESSION_MS)
            .connectionTimeoutMs(CONNECT_MS)
            .retryPolicy(new ExponentialBackoffRetry(200, 4, 2_000))
            // The target alone says where ZooKeeper is.
            .ensembleTracker(false)
            // Curator would start a thread for its cache's news, and not end it at close.
            .runSafeService(owner)
            .maxCloseWaitMs(CLOSE_WAIT_MS)
            .build();
    curator.start();
    CuratorCache opened = CuratorCache.build(curator, target.path());
    cache = opened;
    AtomicBoolean reading = new AtomicBoolean();
    Runnable changed =
        () -> {
          if (reading.compareAndSet(false, true)) {
            owner.execute(
                () -> {
                  reading.set(false);
                  read(opened);
                });
          }
        };
    opened
        .listenable()
        .addListener(
            CuratorCacheListener.builder()
                .forAll((type, before, after) -> changed.run())
                .forInitialized(changed)
                // While it is being filled, entries that exist would seem to be missing.
                .afterInitialized()
                .build());
    opened.start();
  }

  /** To be called again and again, with the monotonic clock. */
  void tick(long nanos) {
    if (curator == null) {
      if (nanos - resumeAt >= 0) {
        open(nanos);
      }
    } else if (filled && curator.getZookeeperClient().isConnected()) {
      followedAt = nanos;
      pauses.reset();
    } else if (nanos - followedAt >= ATTEMPT.toNanos()) {
      close();
      long pauseMs = pauses.nextMs();
      resumeAt = nanos + TimeUnit.MILLISECONDS.toNanos(pauseMs);
      log.info(
          "ZooKeeper at {} does not answer; trying again in {} ms",
          target.connectString(),
          pauseMs);
    }
  }

  /** Ends the session; takes a second or two at most. */
  @Override
  public void close() {
    if (curator != null) {
      cache.close();
      cache = null;
      curator.close();
      curator = null;
    }
  }

  private void read(CuratorCache which) {
    if (which != cache) {
      return;
    }
    filled = true;
    String prefix = target.path() + "/";
    listener.accept(
        which.stream()
            .filter(node -> node.getPath().startsWith(prefix))
            .filter(node -> node.getPath().indexOf('/', prefix.length()) < 0)
            .sorted((one, other) -> one.getPath().compareTo(other.getPath()))
            .flatMap(node -> RegistryEntry.parse(node.getData()).stream())
            .toList());
  }
}
