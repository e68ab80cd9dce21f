package parley.frontend.store;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import parley.frontend.loop.FrontendLoop;
import parley.proto.store.News;
import parley.proto.store.StoreGrpc;
import parley.proto.store.WatchRequest;

/**
 * What this frontend knows of the timeline services, from a Watch stream to each of them: who is
 * primary, who is up to date, who is silent.
 *
 * <p>All of it is hearsay: it says whom to ask, never what is true. Owned by the loop.
 */
public final class Replicas {
  private static final int TICK_MS = 50;
  private static final int RETRY_MS = 150;

  private final FrontendLoop loop;
  private final int ownHost;
  private final long silentNanos;
  private final Map<Integer, Watch> watches = new LinkedHashMap<>();
  private final List<Runnable> listeners = new ArrayList<>();

  /**
   * Who leads, as far as a replica has said.
   *
   * @param serving whether the primary itself has said so
   */
  public record Primary(long epoch, int host, boolean serving) {}

  /**
   * @param ownHost this frontend's host: its replica is preferred
   * @param silentMs after so long without news a replica, or its view of the primary, is old
   */
  public Replicas(
      FrontendLoop loop, int ownHost, SortedMap<Integer, ManagedChannel> channels, int silentMs) {
    this.loop = loop;
    this.ownHost = ownHost;
    this.silentNanos = TimeUnit.MILLISECONDS.toNanos(silentMs);
    List<Integer> hosts = new ArrayList<>(channels.keySet());
    hosts.sort(Comparator.comparing(host -> host != ownHost));
    hosts.forEach(host -> watches.put(host, new Watch(host, channels.get(host))));
  }

  /** Begins to watch. */
  public void start() {
    watches.values().forEach(Watch::open);
    loop.every(TICK_MS, this::tick);
  }

  /** Called after each piece of news. */
  public void onNews(Runnable listener) {
    listeners.add(listener);
  }

  /** All hosts, this frontend's own first. */
  public List<Integer> hosts() {
    return List.copyOf(watches.keySet());
  }

  /** The host of this frontend. */
  public int ownHost() {
    return ownHost;
  }

  ManagedChannel channel(int host) {
    return watches.get(host).channel;
  }

  /**
   * The primary of the highest epoch that a replica which is not silent names; but rather one that
   * itself says that it serves: a candidate that cannot hear it names it in an epoch of its own.
   */
  public Optional<Primary> primary() {
    return watches.values().stream()
        .filter(watch -> isAlive(watch.host) && watches.containsKey(watch.news.getPrimaryHost()))
        .map(
            watch ->
                new Primary(
                    watch.news.getEpoch(),
                    watch.news.getPrimaryHost(),
                    watch.news.getServing() && watch.news.getPrimaryHost() == watch.host))
        .max(Comparator.comparing(Primary::serving).thenComparingLong(Primary::epoch));
  }

  /** Whether the replica has said something lately. */
  public boolean isAlive(int host) {
    Watch watch = watches.get(host);
    return watch.news != null && !watch.gone && watch.silence() < silentNanos;
  }

  /** Whether the replica has lately heard from a primary, or is one. */
  public boolean isFresh(int host) {
    Watch watch = watches.get(host);
    return isAlive(host)
        && watch.news.getPrimaryHost() != 0
        && watch.silence() + TimeUnit.MILLISECONDS.toNanos(watch.news.getPrimarySilentMs())
            < silentNanos;
  }

  /** How far the replica has applied the timeline, as it last said; 0 if it has said nothing. */
  public long appliedIndex(int host) {
    News news = watches.get(host).news;
    return news == null ? 0 : news.getAppliedIndex();
  }

  private void tick() {
    watches.values().forEach(Watch::checkSilence);
  }

  private final class Watch {
    final int host;
    final ManagedChannel channel;
    private LoopCall<WatchRequest, News> call;
    private News news;
    private boolean gone;
    private long heardNanos;
    private long openedNanos;

    Watch(int host, ManagedChannel channel) {
      this.host = host;
      this.channel = channel;
    }

    void open() {
      openedNanos = System.nanoTime();
      call =
          new LoopCall<>(loop, LoopCall.AUTOMATIC) {
            @Override
            void onMessage(News message) {
              news = message;
              gone = false;
              heardNanos = System.nanoTime();
              listeners.forEach(Runnable::run);
            }

            @Override
            void onEnd(Status status) {
              gone = true;
              reopenSoon();
            }
          };
      StoreGrpc.newStub(channel).watch(WatchRequest.getDefaultInstance(), call);
    }

    void checkSilence() {
      long now = System.nanoTime();
      if (!call.hasEnded()
          && now - openedNanos > silentNanos
          && (news == null || silence() > silentNanos)) {
        call.cancel("the replica is silent");
        reopenSoon();
      }
    }

    long silence() {
      return System.nanoTime() - heardNanos;
    }

    private void reopenSoon() {
      loop.after(RETRY_MS + ThreadLocalRandom.current().nextInt(RETRY_MS), this::open);
    }
  }
}
