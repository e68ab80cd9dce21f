package parley.acceptance.load;

/**
 * The rhythm of one person of the real trace, faster: the same gaps in the same order, from the
 * beginning again when they are over.
 */
final class TracePace implements Pace {

  private final long[] gapsNanos;
  private int next;

  /**
   * @param seconds when the person posted, ascending
   * @param nanosPerSecond how long a second of the trace lasts
   * @param gapMaxNanos the longest gap that is kept
   */
  TracePace(long[] seconds, double nanosPerSecond, long gapMaxNanos) {
    gapsNanos = new long[seconds.length];
    gapsNanos[0] = gapMaxNanos;
    for (int i = 1; i < seconds.length; i++) {
      gapsNanos[i] =
          Math.min(gapMaxNanos, Math.round((seconds[i] - seconds[i - 1]) * nanosPerSecond));
    }
  }

  @Override
  public long nextDueNanos(long lastDue) {
    long gap = gapsNanos[next];
    next = (next + 1) % gapsNanos.length;
    return lastDue + gap;
  }
}
