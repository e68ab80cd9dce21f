package parley.coordinator.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import parley.coordinator.ensemble.StuckElectionWatch.Observation;
import parley.coordinator.ensemble.StuckElectionWatch.Remedy;

class StuckElectionWatchTest {
  private static final Observation SERVING = new Observation(false, false, false, false);
  private static final Observation ALONE = new Observation(true, false, false, false);
  private static final Observation STUCK = new Observation(true, true, false, false);
  private static final Observation STARVED = new Observation(true, true, true, true);

  private final StuckElectionWatch watch = new StuckElectionWatch(new Random(1));
  private int second;

  @Test
  void peerThatServesOrIsAloneIsLeftInPeace() {
    assertThat(remediesWithin(100, SERVING)).isEmpty();
    assertThat(remediesWithin(100, ALONE)).isEmpty();
  }

  @Test
  void peerIsRestartedThreeSecondsAfterAnotherBecameReachable() {
    assertThat(remediesWithin(20, ALONE)).isEmpty();
    assertThat(remediesWithin(3, STUCK)).isEmpty();
    assertThat(remediesWithin(1, STUCK)).containsExactly(Remedy.RESTART);
  }

  @Test
  void restartsThatDoNotHelpBecomeRarer() {
    assertThat(remediesWithin(100, STUCK)).hasSizeBetween(3, 5).containsOnly(Remedy.RESTART);
    assertThat(remediesWithin(480, STUCK)).hasSizeBetween(8, 11);
  }

  @Test
  void majorityFoundMakesTheWatchPatientNoLonger() {
    remediesWithin(100, STUCK);
    remediesWithin(1, SERVING);
    assertThat(remediesWithin(4, STUCK)).containsExactly(Remedy.RESTART);
  }

  @Test
  void ownPauseIsNotTakenForAStuckElection() {
    remediesWithin(2, STUCK);
    second += 60;
    assertThat(remediesWithin(3, STUCK)).isEmpty();
  }

  @Test
  void peerWithoutDataBeginsAnewOnlyAfterAllOthersWereThereForLong() {
    assertThat(remediesWithin(30, STARVED)).doesNotContain(Remedy.BEGIN_ANEW);
    assertThat(remediesWithin(1, STARVED)).containsExactly(Remedy.BEGIN_ANEW);
    assertThat(remediesWithin(200, STUCK)).doesNotContain(Remedy.BEGIN_ANEW);
  }

  private List<Remedy> remediesWithin(int seconds, Observation seen) {
    List<Remedy> remedies = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      Remedy remedy = watch.observe(TimeUnit.SECONDS.toNanos(second++), seen);
      if (remedy != Remedy.NONE) {
        remedies.add(remedy);
      }
    }
    return remedies;
  }
}
