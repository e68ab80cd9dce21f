package parley.client.discovery;

import java.util.random.RandomGenerator;

/**
 * Growing pauses between attempts, at random from half of a length to all of it, so that many
 * clients do not try at the same moment. Not thread-safe.
 */
final class Pauses {
  private static final long FIRST_MS = 1_000;
  private static final long LAST_MS = 16_000;

  private final RandomGenerator random;
  private long lengthMs = FIRST_MS;

  Pauses(RandomGenerator random) {
    this.random = random;
  }

  long nextMs() {
    long pause = random.nextLong(lengthMs / 2, lengthMs + 1);
    lengthMs = Math.min(2 * lengthMs, LAST_MS);
    return pause;
  }

  /** An attempt has succeeded. */
  void reset() {
    lengthMs = FIRST_MS;
  }
}
