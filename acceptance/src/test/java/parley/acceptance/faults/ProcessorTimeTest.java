package parley.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorTimeTest {

  @Test
  void countsWaitingForTheDiskAsIdleAndGuestsOnce() {
    ProcessorTime before = ProcessorTime.parse("cpu  100 0 100 700 100 0 0 0 50 0");
    ProcessorTime after = ProcessorTime.parse("cpu  140 10 120 710 105 3 2 10 90 0");

    assertThat(after.busyPercentSince(before)).isEqualTo(85);
    assertThat(after.busyPercentSince(after)).isZero();
  }

  @Test
  void readsThisMachines() throws Exception {
    assertThat(ProcessorTime.now().all())
        .isGreaterThan(ProcessorTime.now().idle() / 2)
        .isPositive();
  }
}
