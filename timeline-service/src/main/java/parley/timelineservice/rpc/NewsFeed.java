package parley.timelineservice.rpc;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.timelineservice.runtime.News;
import parley.timelineservice.runtime.Replica;

/**
 * Spreads the replica's news to the streams of this process, so that its loop has one listener
 * however many streams there are. Readers of the log hear of each change, on the replica's loop,
 * which spares every post the way over another thread; readers of news get it on the timer thread,
 * at once when epoch, primary or serving changed, soon when only the timeline grew, and in any case
 * at each heartbeat interval. No listener may block.
 */
final class NewsFeed implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NewsFeed.class);

  /** The timeline grows thousands of times a second; nobody needs to hear of it so often. */
  private static final long GROWTH_MILLIS = 10;

  private final Replica replica;
  private final Map<Integer, String> addresses;
  private final ScheduledExecutorService timer;
  private final Set<Runnable> changeListeners = ConcurrentHashMap.newKeySet();
  private final Set<Consumer<parley.proto.store.News>> newsListeners =
      ConcurrentHashMap.newKeySet();
  private final AtomicBoolean growthUnderWay = new AtomicBoolean();
  private final AutoCloseable subscription;
  private final ScheduledFuture<?> heartbeat;

  /** As of the last change; only on the replica's loop. */
  private News seen;

  private volatile long publishedNanos;

  NewsFeed(
      Replica replica,
      Map<Integer, String> addresses,
      ScheduledExecutorService timer,
      int heartbeatMillis) {
    this.replica = replica;
    this.addresses = addresses;
    this.timer = timer;
    seen = replica.news();
    publishedNanos = System.nanoTime();
    heartbeat =
        timer.scheduleWithFixedDelay(
            this::publish, heartbeatMillis, heartbeatMillis, TimeUnit.MILLISECONDS);
    subscription = replica.onNews(this::onChange);
  }

  void addChangeListener(Runnable listener) {
    changeListeners.add(listener);
  }

  void removeChangeListener(Runnable listener) {
    changeListeners.remove(listener);
  }

  /** Adds the listener and soon tells it the present news. */
  void addNewsListener(Consumer<parley.proto.store.News> listener) {
    newsListeners.add(listener);
    timer.execute(() -> tell(() -> listener.accept(present())));
  }

  void removeNewsListener(Consumer<parley.proto.store.News> listener) {
    newsListeners.remove(listener);
  }

  parley.proto.store.News present() {
    return StoreCodec.toProto(replica.news(), addresses);
  }

  /** On the replica's loop. */
  private void onChange() {
    changeListeners.forEach(NewsFeed::tell);
    News news = replica.news();
    boolean standingChanged =
        news.epoch() != seen.epoch()
            || news.primaryHost() != seen.primaryHost()
            || news.serving() != seen.serving();
    seen = news;
    if (standingChanged) {
      timer.execute(this::publish);
    } else if (!growthUnderWay.getAndSet(true)) {
      long dueNanos = publishedNanos + TimeUnit.MILLISECONDS.toNanos(GROWTH_MILLIS);
      timer.schedule(this::publishGrowth, dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  private void publishGrowth() {
    publishedNanos = System.nanoTime();
    // Before the news are looked at: what grows from now on is told next time.
    growthUnderWay.set(false);
    publish();
  }

  /** On the timer thread. */
  private void publish() {
    publishedNanos = System.nanoTime();
    parley.proto.store.News proto = present();
    newsListeners.forEach(listener -> tell(() -> listener.accept(proto)));
  }

  /** One broken stream must not keep news from the others. */
  private static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException e) {
      log.error("A stream could not take news", e);
    }
  }

  @Override
  public void close() {
    heartbeat.cancel(false);
    try {
      subscription.close();
    } catch (Exception e) {
      log.warn("Could not leave the replica's news", e);
    }
  }
}
