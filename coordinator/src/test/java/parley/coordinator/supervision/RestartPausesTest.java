package parley.coordinator.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RestartPausesTest {
  private static final Duration MAX = Duration.ofSeconds(10);

  @Test
  void pausesGrowToTheLongestAndNoFurther() {
    RestartPauses pauses = new RestartPauses(MAX, new Random(1));
    assertThat(pauses.after(0)).isZero();
    assertThat(pauses.after(1)).isZero();
    long lowestMs = 125;
    for (int deaths = 2; deaths < 100; deaths++) {
      long pauseMs = pauses.after(deaths).toMillis();
      assertThat(pauseMs).isBetween(lowestMs, Math.min(2 * lowestMs, MAX.toMillis()));
      lowestMs = Math.min(2 * lowestMs, MAX.toMillis() / 2);
    }
  }
}
