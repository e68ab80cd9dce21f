package parley.acceptance.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PulseTest {

  // The nanosecond clock may be negative, and may run over.
  private static final long START = Long.MAX_VALUE - 500;

  private final Pulse pulse = new Pulse();

  @BeforeEach
  void beatEveryTenButFrom100To400() {
    for (long at = 0; at <= 100; at += 10) {
      pulse.beat(START + at, START + at - 3);
    }
    for (long at = 400; at <= 1_000; at += 10) {
      pulse.beat(START + at, START + at - 300);
    }
  }

  @Test
  void pauseBelongsToTheStretchItLiesIn() {
    assertThat(pause(0, 100, 100)).isEqualTo(10);
    assertThat(pause(0, 150, 150)).isEqualTo(50);
    assertThat(pause(0, 1_000, 1_000)).isEqualTo(300);
    assertThat(pause(500, 1_000, 1_000)).isEqualTo(10);
  }

  @Test
  void pauseBeginsWithTheStretchAndMayEndAfterIt() {
    assertThat(pause(103, 200, 1_000)).isEqualTo(297);
    assertThat(pause(103, 200, 200)).isEqualTo(97);
    assertThat(pause(103, 200, 350)).isEqualTo(247);
  }

  @Test
  void pauseThatHasNotEndedCountsUpToTheEnd() {
    assertThat(pause(900, 2_000, 2_000)).isEqualTo(1_000);
    assertThat(pause(1_500, 2_000, 3_000)).isEqualTo(1_500);
  }

  @Test
  void delaysAreThoseOfPostsThatCameThroughInTheStretch() {
    assertThat(pulse.delaysNanos(START + 90, START + 410)).containsExactly(3, 3, 300);
  }

  @Test
  void countsAreByPart() {
    assertThat(pulse.counts(START, START + 1_000, 10))
        .containsExactly(10, 1, 0, 0, 10, 10, 10, 10, 10, 10);
  }

  @Test
  void newestAreRememberedWhenThereAreTooMany() {
    for (int i = 0; i < 3_000_000; i++) {
      pulse.beat(START + 2_000, START + 2_000);
    }
    assertThat(pulse.count()).isGreaterThan(3_000_000);
    assertThat(pause(0, 1_999, 2_500)).isEqualTo(2_000);
  }

  private long pause(long from, long to, long end) {
    return pulse.longestPauseNanos(START + from, START + to, START + end);
  }
}
