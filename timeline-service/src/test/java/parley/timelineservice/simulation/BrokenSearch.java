package parley.timelineservice.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs the simulator until a check notices something, and tells which checks did in which run: for
 * code that is broken on purpose.
 */
final class BrokenSearch implements Supplier<Map<String, Integer>> {

  private final String check;
  private final int runs;
  private final int hosts;

  BrokenSearch(String check, int runs, int hosts) {
    this.check = check;
    this.runs = runs;
    this.hosts = hosts;
  }

  /** The checks that noticed, each with its first seed; the wanted one last if it is among them. */
  @Override
  public Map<String, Integer> get() {
    Map<String, Integer> noticed = new LinkedHashMap<>();
    for (int seed = 1; seed <= runs && !noticed.containsKey(check); seed++) {
      try {
        new Simulation(seed, hosts).run(new Tally());
      } catch (Simulation.Failure e) {
        noticed.putIfAbsent(e.check(), seed);
      }
    }
    return noticed;
  }
}
