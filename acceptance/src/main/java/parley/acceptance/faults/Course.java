package parley.acceptance.faults;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import parley.acceptance.lab.fault.Fault;

/**
 * What happens in a cell.
 *
 * @param fault what is done
 * @param aside hosts whose frontends are cut off from the others, so that posts there must wait
 *     though no client may notice more than that: pauses are measured elsewhere
 * @param window how long both windows are
 * @param lasts how long the fault lasts if it does not heal by itself
 * @param watched the moment of interest
 * @param healsItself whether what is hit comes back by itself; else only when the fault is healed
 */
record Course(
    Function<Situation, Fault> fault,
    Function<Situation, Set<Integer>> aside,
    Duration window,
    Duration lasts,
    Watched watched,
    boolean healsItself) {

  /** What the second window begins with; the first one is before the fault in any case. */
  enum Watched {
    FAULT,
    /** The end of the fault. */
    RETURN
  }

  /** What is killed is back by then. */
  private static final Duration HEALING = Duration.ofSeconds(8);

  private static final Duration AFTERWARDS = Duration.ofSeconds(6);
  private static final Duration RETURNING = Duration.ofSeconds(10);
  private static final Function<Situation, Set<Integer>> NOBODY = situation -> Set.of();

  /** What supervision heals. */
  static Course healing(Function<Situation, Fault> fault) {
    return new Course(fault, NOBODY, HEALING, HEALING, Watched.FAULT, true);
  }

  /** What is healed after so long, and watched for a while after that. */
  static Course lasting(Duration time, Function<Situation, Fault> fault) {
    return new Course(fault, NOBODY, time.plus(AFTERWARDS), time, Watched.FAULT, false);
  }

  /** What is healed after so long, and whose return is watched. */
  static Course returning(Duration time, Function<Situation, Fault> fault) {
    return new Course(fault, NOBODY, RETURNING, time, Watched.RETURN, false);
  }

  Course watched(Duration time) {
    return new Course(fault, aside, time, time, watched, healsItself);
  }

  Course aside(Function<Situation, Set<Integer>> hosts) {
    return new Course(fault, hosts, window, lasts, watched, healsItself);
  }
}
