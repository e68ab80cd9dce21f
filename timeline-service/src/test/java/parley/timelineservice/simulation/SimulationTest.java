package parley.timelineservice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches random schedules for a violation of the rules; a failure names its seed. */
class SimulationTest {

  private static final int FIXED_RUNS = 400;
  private static final int FRESH_RUNS = 200;
  private static final int STEPS = 3_000;

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void safeUnderEverySearchedScheduleAndLiveAfterIt(int hosts) {
    long chosen = 0;
    long wiped = 0;
    for (long seed = 1; seed <= FIXED_RUNS; seed++) {
      Simulation simulation = run(seed, hosts);
      chosen += simulation.chosenSlots();
      wiped += simulation.wiped();
    }
    assertThat(chosen).as("slots chosen in all runs").isGreaterThan(FIXED_RUNS);
    assertThat(wiped).as("disks replaced in all runs").isPositive();
    for (int i = 0; i < FRESH_RUNS; i++) {
      run(ThreadLocalRandom.current().nextLong(), hosts);
    }
  }

  private static Simulation run(long seed, int hosts) {
    try {
      Simulation simulation = new Simulation(seed, hosts);
      simulation.run(STEPS);
      return simulation;
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ", " + hosts + " hosts: " + e.getMessage(), e);
    }
  }
}
