package parley.coordinator.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RestartPausesTest {
  private static final Duration MAX = Duration.ofSeconds(10);

  @Test
  void whatHasLivedIsRestartedAtOnce() {
    RestartPauses pauses = new RestartPauses(MAX, new Random(1));
    for (int i = 0; i < 10; i++) {
      assertThat(pauses.next(RestartPauses.LIFE)).isZero();
    }
  }

  @Test
  void pausesGrowToTheLongestAndNoFurther() {
    RestartPauses pauses = new RestartPauses(MAX, new Random(1));
    assertThat(pauses.next(Duration.ZERO)).isZero();
    long lowestMs = 125;
    for (int death = 2; death < 100; death++) {
      long pauseMs = pauses.next(Duration.ZERO).toMillis();
      assertThat(pauseMs).isBetween(lowestMs, Math.min(2 * lowestMs, MAX.toMillis()));
      lowestMs = Math.min(2 * lowestMs, MAX.toMillis() / 2);
    }
    assertThat(pauses.next(RestartPauses.LIFE)).as("after a long life").isZero();
  }
}
