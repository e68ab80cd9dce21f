package parley.client.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import parley.client.traffic.Latencies.Bar;

class LatenciesTest {

  private final Latencies latencies = new Latencies();

  @Test
  void countsPercentiles() {
    for (int ms = 1; ms <= 1_000; ms++) {
      latencies.recordNanos(TimeUnit.MILLISECONDS.toNanos(ms));
    }
    assertThat(latencies.count()).isEqualTo(1_000);
    assertThat(latencies.percentileMs(50)).isCloseTo(500, within(1.0));
    assertThat(latencies.percentileMs(100)).isCloseTo(1_000, within(1.0));
  }

  @Test
  void barsGoFromTheShortestToTheLongest() {
    latencies.recordNanos(TimeUnit.MICROSECONDS.toNanos(1_500));
    latencies.recordNanos(TimeUnit.MICROSECONDS.toNanos(1_700));
    latencies.recordNanos(TimeUnit.MICROSECONDS.toNanos(6_000));
    assertThat(latencies.bars()).containsExactly(new Bar(2, 2), new Bar(5, 0), new Bar(10, 1));
  }

  @Test
  void everythingIsInSomeBar() {
    for (long us : new long[] {0, 1, 2, 5, 10, 999, 1_000, 10_000_000}) {
      latencies.recordNanos(TimeUnit.MICROSECONDS.toNanos(us));
    }
    latencies.recordNanos(TimeUnit.DAYS.toNanos(1));
    latencies.recordNanos(-1);
    assertThat(latencies.bars().stream().mapToLong(Bar::count).sum()).isEqualTo(10);
  }

  @Test
  void noneHaveNoBars() {
    assertThat(latencies.bars()).isEmpty();
  }
}
