package parley.acceptance.load;

import java.util.Arrays;

/**
 * When posts that were sent through one frontend were seen to be applied, and how long after they
 * were due: what a client of that frontend notices of a fault. Remembers the newest million. Any
 * thread may call.
 */
public final class Pulse {

  private static final int BEATS_MAX = 1 << 20;

  private long[] at = new long[1 << 12];
  private long[] delays = new long[1 << 12];
  // Invariant: the beat numbered n is at n % at.length, if it is one of the newest at.length.
  private long count;

  synchronized void beat(long nowNanos, long dueNanos) {
    if (count == at.length && at.length < BEATS_MAX) {
      at = Arrays.copyOf(at, at.length * 2);
      delays = Arrays.copyOf(delays, delays.length * 2);
    }
    int next = (int) (count % at.length);
    at[next] = nowNanos;
    delays[next] = nowNanos - dueNanos;
    count++;
  }

  /** How many there have been. */
  public synchronized long count() {
    return count;
  }

  /**
   * The longest time without a beat that lies in a stretch of time, in nanoseconds.
   *
   * @param end how far a pause counts that has not ended when the stretch has
   */
  public synchronized long longestPauseNanos(long from, long to, long end) {
    long longest = 0;
    long last = from;
    for (long beat = oldest(); beat < count && last - to < 0; beat++) {
      long now = at[(int) (beat % at.length)];
      if (now - from >= 0) {
        longest = Math.max(longest, Math.min(now - last, end - last));
        last = now;
      }
    }
    return last - to < 0 ? Math.max(longest, end - last) : longest;
  }

  /** The delays of the posts that came through in a stretch of time, in ascending order. */
  public synchronized long[] delaysNanos(long from, long to) {
    long[] found = new long[(int) Math.min(count, at.length)];
    int size = 0;
    for (long beat = oldest(); beat < count; beat++) {
      int place = (int) (beat % at.length);
      if (at[place] - from >= 0 && at[place] - to < 0) {
        found[size++] = delays[place];
      }
    }
    long[] all = Arrays.copyOf(found, size);
    Arrays.sort(all);
    return all;
  }

  /** How many posts came through in each of some equally long parts of a stretch of time. */
  public synchronized long[] counts(long from, long to, int parts) {
    long[] counts = new long[parts];
    for (long beat = oldest(); beat < count; beat++) {
      long since = at[(int) (beat % at.length)] - from;
      if (since >= 0 && since < to - from) {
        counts[(int) (since * parts / (to - from))]++;
      }
    }
    return counts;
  }

  private long oldest() {
    return Math.max(0, count - at.length);
  }
}
