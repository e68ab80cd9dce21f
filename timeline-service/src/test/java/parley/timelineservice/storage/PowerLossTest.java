package parley.timelineservice.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What write returned for is there after a power cut, whatever the disk had kept back until then:
 * and the settings and layers that this rests on are needed, since without each of them a cut soon
 * finds something lost.
 */
class PowerLossTest {

  private static final int CUTS_TO_FIND_A_LOSS = 1_500;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everythingThatWriteReturnedForSurvivesPowerCuts(long seed) {
    int cuts = Integer.getInteger("parley.cuts", 200);
    long first = Long.getLong("parley.seed", 0);
    new PowerLoss(folder, CheckedPath.PREFIX, DatabaseFile.OPTIONS, true, first + seed).run(cuts);
  }

  @Test
  void withoutChecksumsATornChunkIsTakenForWhole() {
    PowerLoss loss = new PowerLoss(folder, "", DatabaseFile.OPTIONS, true, 1);
    assertThatThrownBy(() -> loss.run(CUTS_TO_FIND_A_LOSS)).isInstanceOf(PowerLoss.Loss.class);
  }

  @Test
  void withoutSyncsWriteReturnsTooEarly() {
    PowerLoss loss = new PowerLoss(folder, CheckedPath.PREFIX, DatabaseFile.OPTIONS, false, 1);
    assertThatThrownBy(() -> loss.run(CUTS_TO_FIND_A_LOSS)).isInstanceOf(PowerLoss.Loss.class);
  }
}
