package parley.client.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PausesTest {

  @Test
  void growToABoundAndAreNeverTheSameForAll() {
    for (int seed = 0; seed < 100; seed++) {
      Pauses pauses = new Pauses(1_000, 16_000, new SplittableRandom(seed));
      for (long length : new long[] {1_000, 2_000, 4_000, 8_000, 16_000, 16_000}) {
        assertThat(pauses.nextMs()).isBetween(length / 2, length);
      }
      pauses.reset();
      assertThat(pauses.nextMs()).isBetween(500L, 1_000L);
    }
    assertThat(
            LongStream.range(0, 100)
                .map(seed -> new Pauses(1_000, 16_000, new SplittableRandom(seed)).nextMs())
                .distinct()
                .count())
        .isGreaterThan(50);
  }
}
