package parley.acceptance.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import parley.acceptance.replay.Meter.Rates;

class MeterTest {

  private long seconds;
  private final Meter meter = new Meter(() -> TimeUnit.SECONDS.toNanos(seconds));

  @Test
  void ratesEndWithTheLastDelivery() {
    lookAt(1, 10, 100, true);
    lookAt(2, 20, 200, false);
    lookAt(50, 20, 200, false);
    Rates rates = meter.rates();
    assertThat(rates.time()).isEqualTo(Duration.ofSeconds(2));
    assertThat(rates.postsPerSecond()).isEqualTo(10);
    assertThat(rates.deliveriesPerSecond()).isEqualTo(100);
    assertThat(rates.quietTime()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void quietRatesLeaveOutTheTimesOfFaults() {
    lookAt(1, 10, 100, true);
    meter.quiet(false);
    lookAt(11, 11, 101, true);
    meter.quiet(true);
    lookAt(12, 21, 201, false);
    Rates rates = meter.rates();
    assertThat(rates.quietTime()).isEqualTo(Duration.ofSeconds(2));
    assertThat(rates.quietPostsPerSecond()).isEqualTo(10);
    assertThat(rates.quietDeliveriesPerSecond()).isEqualTo(100);
    assertThat(rates.longestPause()).isEqualTo(Duration.ofSeconds(10));
    assertThat(rates.longestQuietPause()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void pauseThatBeganInAFaultIsNoQuietOne() {
    lookAt(1, 1, 1, true);
    meter.quiet(false);
    lookAt(2, 1, 1, true);
    meter.quiet(true);
    lookAt(9, 2, 2, true);
    assertThat(meter.rates().longestPause()).isEqualTo(Duration.ofSeconds(8));
    assertThat(meter.rates().longestQuietPause()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void waitingWhileNothingIsDueIsNoPause() {
    lookAt(1, 1, 1, false);
    lookAt(100, 1, 1, false);
    lookAt(101, 2, 2, false);
    assertThat(meter.rates().longestPause()).isEqualTo(Duration.ofSeconds(1));
  }

  private void lookAt(long atSeconds, long posts, long deliveries, boolean due) {
    seconds = atSeconds;
    meter.sample(posts, deliveries, due);
  }
}
