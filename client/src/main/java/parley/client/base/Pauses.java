package parley.client.base;

import java.util.random.RandomGenerator;

/**
 * Growing pauses between attempts, at random from half of a length to all of it, so that many
 * clients do not try at the same moment. Not thread-safe.
 */
public final class Pauses {
  private final long firstMs;
  private final long lastMs;
  private final RandomGenerator random;
  private long lengthMs;

  /**
   * Pauses whose length doubles.
   *
   * @param firstMs the first length
   * @param lastMs the longest
   */
  public Pauses(long firstMs, long lastMs, RandomGenerator random) {
    this.firstMs = firstMs;
    this.lastMs = lastMs;
    this.random = random;
    this.lengthMs = firstMs;
  }

  public long nextMs() {
    long pause = random.nextLong(lengthMs / 2, lengthMs + 1);
    lengthMs = Math.min(2 * lengthMs, lastMs);
    return pause;
  }

  /** An attempt has succeeded. */
  public void reset() {
    lengthMs = firstMs;
  }
}
