package parley.acceptance.load;

import java.util.random.RandomGenerator;

/** Nothing for a while, then many posts in one go, as a scripted client sends them. */
final class BurstPace implements Pace {

  private final RandomGenerator random;
  private final int postsMax;
  private final long restMaxNanos;
  private int left;

  /**
   * @param postsMax the most posts of a burst
   * @param restMaxNanos the longest rest between two
   */
  BurstPace(RandomGenerator random, int postsMax, long restMaxNanos) {
    this.random = random;
    this.postsMax = postsMax;
    this.restMaxNanos = restMaxNanos;
  }

  @Override
  public long nextDueNanos(long lastDue) {
    if (left > 0) {
      left--;
      return lastDue;
    }
    left = random.nextInt(postsMax);
    return lastDue + restMaxNanos / 2 + random.nextLong(restMaxNanos / 2);
  }
}
