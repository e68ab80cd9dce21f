package parley.timelineservice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches random schedules for a violation of the rules; a failure tells how to repeat it. */
class SimulationTest {

  private static final int FIXED_RUNS = 400;
  private static final int FRESH_RUNS = 200;

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void safeUnderEverySearchedScheduleAndLiveAfterIt(int hosts) {
    Tally fixed = new Tally();
    for (long seed = 1; seed <= FIXED_RUNS; seed++) {
      new Simulation(seed, hosts).run(fixed);
    }
    assertThat(fixed.slots()).as("slots chosen in all runs").isGreaterThan(10 * FIXED_RUNS);
    assertThat(fixed.reads()).as("reads in all runs").isGreaterThan(FIXED_RUNS);
    for (Tally.Fault fault : Tally.Fault.values()) {
      assertThat(fixed.count(fault)).as(fault + " in all runs").isPositive();
    }
    for (int i = 0; i < FRESH_RUNS; i++) {
      new Simulation(ThreadLocalRandom.current().nextLong(), hosts).run(new Tally());
    }
  }
}
