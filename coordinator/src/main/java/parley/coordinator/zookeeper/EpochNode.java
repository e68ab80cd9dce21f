package parley.coordinator.zookeeper;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The advertisement of the newest epoch at {@code /parley/epoch}: a help for choosing the next
 * number, and for people and clients who look for the primary. Nobody's safety rests on it.
 *
 * <p>Any thread; no method blocks. What is written only ever grows, whoever writes at the same
 * time.
 */
public final class EpochNode {
  static final String ROOT = "/parley";
  static final String PATH = ROOT + "/epoch";
  private static final Logger log = LoggerFactory.getLogger(EpochNode.class);
  private static final long READ_LIMIT_MS = 300;
  private static final int RETRY_MS = 250;
  private static final int RETRY_MAX_MS = 4_000;

  private final ZooKeeperClient client;
  private Advertisement wanted;
  private int retryMs = RETRY_MS;

  public EpochNode(ZooKeeperClient client) {
    this.client = client;
    // Also where nothing failed: somebody may have emptied ZooKeeper meanwhile.
    client.onConnection(
        connection -> {
          if (connection == Connection.CONNECTED && wanted != null) {
            attempt(wanted);
          }
        });
  }

  /**
   * The highest epoch number that was advertised, as far as ZooKeeper says so within 0.3 s. Empty
   * says nothing: there may be epochs that ZooKeeper could not be asked for, or does not know.
   * Never fails. What depends on it may run on ZooKeeper's thread and must not block.
   */
  public CompletableFuture<OptionalLong> highestKnown() {
    CompletableFuture<OptionalLong> answer = new CompletableFuture<>();
    Optional<ZooKeeper> handle = client.handle();
    if (handle.isEmpty()) {
      answer.complete(OptionalLong.empty());
      return answer;
    }
    handle
        .get()
        .getData(
            PATH,
            false,
            (rc, path, context, data, stat) ->
                answer.complete(
                    Optional.ofNullable(data)
                        .flatMap(Advertisement::parse)
                        .map(known -> OptionalLong.of(known.epoch()))
                        .orElse(OptionalLong.empty())),
            null);
    return answer.completeOnTimeout(OptionalLong.empty(), READ_LIMIT_MS, TimeUnit.MILLISECONDS);
  }

  /**
   * Writes an epoch down, unless the same or a newer one is there. Tries until it is done, and
   * again whenever ZooKeeper was away, as long as no newer epoch is advertised here.
   *
   * @param address where the primary's timeline service is reached, as {@code address:port}
   */
  public void advertise(long epoch, int host, String address) {
    Advertisement next = new Advertisement(epoch, host, address);
    client.execute(
        () -> {
          if (wanted == null || next.compareTo(wanted) > 0) {
            wanted = next;
            retryMs = RETRY_MS;
            attempt(next);
          }
        });
  }

  private void attempt(Advertisement next) {
    if (next != wanted) {
      return;
    }
    Optional<ZooKeeper> handle = client.handle();
    if (handle.isEmpty()) {
      return;
    }
    ZooKeeper zooKeeper = handle.get();
    zooKeeper.getData(
        PATH,
        false,
        (rc, path, context, data, stat) -> {
          switch (Code.get(rc)) {
            case OK -> {
              Optional<Advertisement> known = Advertisement.parse(data);
              if (known.isEmpty() || known.get().compareTo(next) < 0) {
                zooKeeper.setData(
                    PATH,
                    next.json(),
                    stat.getVersion(),
                    (code, p, c, s) -> onWritten(next, code),
                    null);
              }
            }
            case NONODE -> create(zooKeeper, next);
            default -> retry(next);
          }
        },
        null);
  }

  private void create(ZooKeeper zooKeeper, Advertisement next) {
    // Requests of one session are carried out in order: the parent is there when the node is made.
    zooKeeper.create(
        ROOT,
        new byte[0],
        ZooDefs.Ids.OPEN_ACL_UNSAFE,
        CreateMode.PERSISTENT,
        (rc, path, context, name) -> log.debug("{}: {}", ROOT, Code.get(rc)),
        null);
    zooKeeper.create(
        PATH,
        next.json(),
        ZooDefs.Ids.OPEN_ACL_UNSAFE,
        CreateMode.PERSISTENT,
        (rc, path, context, name) -> onWritten(next, rc),
        null);
  }

  private void onWritten(Advertisement next, int rc) {
    switch (Code.get(rc)) {
      case OK ->
          log.info(
              "Advertised epoch {} of host {} at {}", next.epoch(), next.host(), next.address());
      // Somebody else was faster: what is there now decides.
      case BADVERSION, NODEEXISTS, NONODE -> client.execute(() -> attempt(next));
      default -> retry(next);
    }
  }

  private void retry(Advertisement next) {
    client.execute(
        () -> {
          long pause = retryMs + ThreadLocalRandom.current().nextInt(retryMs);
          retryMs = Math.min(2 * retryMs, RETRY_MAX_MS);
          client.schedule(() -> attempt(next), pause);
        });
  }
}
