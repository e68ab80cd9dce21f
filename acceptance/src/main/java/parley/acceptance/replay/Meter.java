package parley.acceptance.replay;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures how fast posts get through, how fast they are delivered, and the longest time during
 * which nothing was delivered though something was due; all of it also for the quiet times alone,
 * in which nothing is being killed or started. Any thread may call.
 */
final class Meter {

  private final LongSupplier nanoTime;
  private final long startedAt;
  private final Count quietCount = new Count();
  private long lastAt;
  private long lastDeliveryAt;
  private long dueSince;
  private boolean quiet = true;
  private boolean quietSinceDue = true;
  private long posts;
  private long deliveries;
  private long longestPauseNanos;
  private long longestQuietPauseNanos;

  private static final class Count {
    private long nanos;
    private long posts;
    private long deliveries;
  }

  /**
   * Starts to measure.
   *
   * @param nanoTime a clock that never goes back
   */
  Meter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
    this.lastAt = startedAt;
    this.lastDeliveryAt = startedAt;
    this.dueSince = startedAt;
  }

  /**
   * Takes a look.
   *
   * @param postsNow posts that have got through in all
   * @param deliveriesNow copies received in all
   * @param due whether more should be arriving
   */
  synchronized void sample(long postsNow, long deliveriesNow, boolean due) {
    long now = nanoTime.getAsLong();
    boolean moved = deliveriesNow != deliveries;
    if (quiet && (moved || due)) {
      quietCount.nanos += now - lastAt;
      quietCount.posts += postsNow - posts;
      quietCount.deliveries += deliveriesNow - deliveries;
    }
    if (moved || due) {
      notePause(now - dueSince);
    }
    if (moved || !due) {
      dueSince = now;
      quietSinceDue = quiet;
    }
    if (moved) {
      lastDeliveryAt = now;
    }
    lastAt = now;
    posts = postsNow;
    deliveries = deliveriesNow;
  }

  private void notePause(long pause) {
    longestPauseNanos = Math.max(longestPauseNanos, pause);
    if (quiet && quietSinceDue) {
      longestQuietPauseNanos = Math.max(longestQuietPauseNanos, pause);
    }
  }

  /** Says that from now on things are being killed or started, or no longer. */
  synchronized void quiet(boolean nowQuiet) {
    quiet = nowQuiet;
    quietSinceDue &= nowQuiet;
  }

  /** What has been measured from the start to the last delivery. */
  synchronized Rates rates() {
    long nanos = lastDeliveryAt - startedAt;
    return new Rates(
        Duration.ofNanos(nanos),
        perSecond(posts, nanos),
        perSecond(deliveries, nanos),
        Duration.ofNanos(quietCount.nanos),
        perSecond(quietCount.posts, quietCount.nanos),
        perSecond(quietCount.deliveries, quietCount.nanos),
        Duration.ofNanos(longestPauseNanos),
        Duration.ofNanos(longestQuietPauseNanos));
  }

  private static long perSecond(long count, long nanos) {
    return nanos == 0 ? 0 : Math.round(count * (double) TimeUnit.SECONDS.toNanos(1) / nanos);
  }

  /** What was measured. */
  record Rates(
      Duration time,
      long postsPerSecond,
      long deliveriesPerSecond,
      Duration quietTime,
      long quietPostsPerSecond,
      long quietDeliveriesPerSecond,
      Duration longestPause,
      Duration longestQuietPause) {}
}
