package parley.coordinator.supervision;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Decides how long to wait before a restart: not at all after one death, longer and longer for what
 * dies at once again and again.
 *
 * <p>Not thread-safe.
 */
final class RestartPauses {
  private static final Duration FIRST = Duration.ofMillis(250);

  private final Duration max;
  private final RandomGenerator random;

  /** Pauses up to a longest one. */
  RestartPauses(Duration max, RandomGenerator random) {
    this.max = max;
    this.random = random;
  }

  Duration max() {
    return max;
  }

  /** The pause after so many deaths in a row. */
  Duration after(int deathsInARow) {
    if (deathsInARow <= 1) {
      return Duration.ZERO;
    }
    long doubled = FIRST.toMillis() << Math.min(deathsInARow - 2, 20);
    long pauseMs = Math.min(doubled, max.toMillis());
    // Jitter keeps processes that fail for one reason from starting all at the same moment.
    return Duration.ofMillis(pauseMs / 2 + random.nextLong(pauseMs / 2 + 1));
  }
}
