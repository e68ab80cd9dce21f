package parley.timelineservice.simulation;

import java.util.SplittableRandom;

/**
 * A whole cluster from one seed: the real cores, timelines and primary's desks under everything
 * that may break. First safety under all of it, then faults stop and progress is demanded. The same
 * seed and number of hosts make the same run.
 */
final class Simulation {

  private static final int STEPS_MIN = 2_000;
  private static final int STEPS_MORE = 6_000;

  private final long seed;
  private final int hosts;

  Simulation(long seed, int hosts) {
    this.seed = seed;
    this.hosts = hosts;
  }

  /** Runs to the end, and adds what was done; throws the violation with the last steps. */
  void run(Tally tally) {
    SplittableRandom random = new SplittableRandom(seed);
    Faults faults = Faults.draw(random);
    Cluster cluster = new Cluster(hosts, random, tally);
    try {
      new Disturbance(cluster, faults).run(STEPS_MIN + random.nextInt(STEPS_MORE));
      new Recovery(cluster).demand();
    } catch (Violation e) {
      throw new Failure(e.check(), told(e, faults, cluster), e);
    } catch (RuntimeException e) {
      throw new Failure("core", told(e, faults, cluster), e);
    }
    tally.run(
        cluster.steps(),
        cluster.invariants.chosenSlots(),
        cluster.invariants.history().effects(),
        cluster.reads());
  }

  private String told(Throwable e, Faults faults, Cluster cluster) {
    return "seed %d, %d hosts, step %d%n%s%s%n%s%nagain: make simulate SEED=%d HOSTS=%d"
        .formatted(seed, hosts, cluster.steps(), cluster.story(), faults, e, seed, hosts);
  }

  /** A run in which something did not hold. */
  static final class Failure extends AssertionError {

    private static final long serialVersionUID = 1;

    private final String check;

    Failure(String check, String message, Throwable cause) {
      super(message, cause);
      this.check = check;
    }

    /** Which check noticed it; {@code core} if it was the core's own assertion. */
    String check() {
      return check;
    }
  }
}
