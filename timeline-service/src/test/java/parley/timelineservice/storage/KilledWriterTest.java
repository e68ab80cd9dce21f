package parley.timelineservice.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process told is durable survives kill -9 at any moment; {@link Crash} does the same many
 * times.
 */
class KilledWriterTest {

  private static final int KILLS = 8;

  @TempDir Path folder;

  @Test
  void nothingToldToBeDurableIsLostWhenTheWriterIsKilled() throws Exception {
    KilledWriters writers = new KilledWriters(folder, new Random().nextLong());
    while (writers.kills() < KILLS) {
      writers.killNext();
    }
    assertThat(writers.checked())
        .as("processes that came so far as to check: %s", writers)
        .isGreaterThan(KILLS / 4);
  }
}
