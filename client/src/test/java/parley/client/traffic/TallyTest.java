package parley.client.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TallyTest {

  private final Tally tally = new Tally();

  @Test
  void waitsUntilItIsSoMany() throws Exception {
    CompletableFuture<Void> counting =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                tally.add();
              }
            });
    assertThat(tally.awaitAtLeast(1_000, Duration.ofSeconds(20))).isTrue();
    counting.get(20, TimeUnit.SECONDS);
    assertThat(tally.count()).isEqualTo(1_000);
  }

  @Test
  void givesUpWhenNothingIsCounted() throws Exception {
    tally.add();
    assertThat(tally.awaitAtLeast(2, Duration.ofMillis(20))).isFalse();
  }
}
