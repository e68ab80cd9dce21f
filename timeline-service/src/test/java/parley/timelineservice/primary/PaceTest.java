package parley.timelineservice.primary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who waits for company, and who does not. */
class PaceTest {

  private static final long SOON = Pace.GAP_NANOS / 4;

  private long nanos = -3;
  private final Pace pace = new Pace(nanos);

  @Test
  void whoPostsAloneNeverWaits() {
    for (int post = 0; post < 1_000; post++) {
      assertThat(pace.isDue(1, nanos)).as("post %d", post).isTrue();
      pace.began(1, nanos);
      nanos += SOON;
    }
  }

  @Test
  void aFewOthersNowAndThenDoNotMakeItWait() {
    for (int slot = 0; slot < 1_000; slot++) {
      assertThat(pace.isDue(1, nanos)).as("slot %d", slot).isTrue();
      pace.began(slot % 10 == 0 ? 2 : 1, nanos);
      nanos += SOON;
    }
  }

  @Test
  void whereSlotsHoldMoreOneWaitsForCompanyButNotForLong() {
    slotsOf(2);
    assertThat(pace.isDue(1, nanos)).isFalse();
    assertThat(pace.isDue(2, nanos)).isTrue();
    assertThat(pace.dueInNanos(nanos)).isEqualTo(Pace.GAP_NANOS - SOON);
    nanos += pace.dueInNanos(nanos);
    assertThat(pace.isDue(1, nanos - 1)).isFalse();
    assertThat(pace.isDue(1, nanos)).isTrue();
  }

  @Test
  void aCrowdDoesNotWaitForMore() {
    slotsOf(1_000);
    assertThat(pace.isDue(Pace.ENOUGH - 1, nanos)).isFalse();
    assertThat(pace.isDue(Pace.ENOUGH, nanos)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 1_000})
  void whenOthersHaveGoneOneDoesNotWaitForThemForLong(int others) {
    slotsOf(others);
    assertThat(pace.isDue(1, nanos)).isFalse();
    slotsOf(1);
    assertThat(pace.isDue(1, nanos)).isTrue();
  }

  private void slotsOf(int entries) {
    for (int slot = 0; slot < 100; slot++) {
      pace.began(entries, nanos);
      nanos += SOON;
    }
  }
}
