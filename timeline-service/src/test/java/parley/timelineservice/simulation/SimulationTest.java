package parley.timelineservice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches random schedules for a violation of the rules; a failure tells how to repeat it. */
class SimulationTest {

  private static final int FIXED_RUNS = 700;
  private static final int FRESH_RUNS = 700;

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void safeUnderEverySearchedScheduleAndLiveAfterIt(int hosts) {
    Tally fixed = search(LongStream.rangeClosed(1, FIXED_RUNS), hosts);
    assertThat(fixed.slots()).as("slots chosen in all runs").isGreaterThan(30 * FIXED_RUNS);
    assertThat(fixed.reads()).as("reads in all runs").isGreaterThan(10 * FIXED_RUNS);
    for (Tally.Fault fault : Tally.Fault.values()) {
      assertThat(fixed.count(fault)).as(fault + " in all runs").isPositive();
    }
    search(ThreadLocalRandom.current().longs(FRESH_RUNS), hosts);
  }

  private static Tally search(LongStream seeds, int hosts) {
    Tally total = new Tally();
    seeds
        .parallel()
        .forEach(
            seed -> {
              Tally tally = new Tally();
              new Simulation(seed, hosts).run(tally);
              synchronized (total) {
                total.add(tally);
              }
            });
    return total;
  }
}
