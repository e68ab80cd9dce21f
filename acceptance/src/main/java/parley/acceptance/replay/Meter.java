package parley.acceptance.replay;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Measures how fast posts get through, how fast they are delivered, and the longest time during
 * which nothing was delivered though something was due; all of it also for the quiet times alone,
 * in which nothing is being killed or started. Any thread may call.
 */
final class Meter {

  private final long startedAt = System.nanoTime();
  private long lastAt = startedAt;
  private long movedAt = startedAt;
  private boolean quiet = true;
  private long posts;
  private long deliveries;
  private long quietNanos;
  private long quietPosts;
  private long quietDeliveries;
  private long longestPauseNanos;
  private long longestQuietPauseNanos;
  private boolean quietSinceMoved = true;

  /**
   * Takes a look.
   *
   * @param postsNow posts that have got through in all
   * @param deliveriesNow copies received in all
   * @param due whether more should be arriving
   */
  synchronized void sample(long postsNow, long deliveriesNow, boolean due) {
    long now = System.nanoTime();
    if (quiet) {
      quietNanos += now - lastAt;
      quietPosts += postsNow - posts;
      quietDeliveries += deliveriesNow - deliveries;
    }
    if (deliveriesNow != deliveries || !due) {
      notePause(now);
      movedAt = now;
      quietSinceMoved = quiet;
    }
    lastAt = now;
    posts = postsNow;
    deliveries = deliveriesNow;
  }

  private void notePause(long now) {
    long pause = now - movedAt;
    longestPauseNanos = Math.max(longestPauseNanos, pause);
    if (quiet && quietSinceMoved) {
      longestQuietPauseNanos = Math.max(longestQuietPauseNanos, pause);
    }
  }

  /** Says that from now on things are being killed or started, or no longer. */
  synchronized void quiet(boolean nowQuiet) {
    quiet = nowQuiet;
    quietSinceMoved &= nowQuiet;
  }

  synchronized Rates rates() {
    return new Rates(
        Duration.ofNanos(lastAt - startedAt),
        perSecond(posts, lastAt - startedAt),
        perSecond(deliveries, lastAt - startedAt),
        Duration.ofNanos(quietNanos),
        perSecond(quietPosts, quietNanos),
        perSecond(quietDeliveries, quietNanos),
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
