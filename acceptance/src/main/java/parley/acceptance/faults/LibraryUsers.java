package parley.acceptance.faults;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.load.Load;

/**
 * What users of the library notice of a fault: all of them, since the library is there to get them
 * over whatever it hits. Moments are on the nanosecond clock, results in seconds.
 */
final class LibraryUsers {

  private final Load load;

  LibraryUsers(Load load) {
    this.load = load;
  }

  /** The hosts whose frontends they use at the moment. */
  Set<Integer> hosts(LocalCluster hosts) {
    return stream(hosts).boxed().collect(Collectors.toSet());
  }

  /** How many of them use a frontend of one of these hosts at the moment. */
  long at(LocalCluster hosts, Set<Integer> which) {
    return stream(hosts).filter(which::contains).count();
  }

  private IntStream stream(LocalCluster hosts) {
    return load.libraryFrontends().stream()
        .flatMapToInt(
            frontend ->
                IntStream.rangeClosed(1, Hosts.COUNT)
                    .filter(host -> hosts.frontend(host).equals(frontend)));
  }

  /**
   * The longest that any of them waited for an acknowledgement, for the next post of anybody, or
   * for the next answer to a call; not a number if there are none.
   *
   * @param end how far a pause counts that lasts beyond the stretch
   */
  double longestPause(long from, long to, long end) {
    return load.libraryPulses().stream()
        .mapToDouble(pulse -> Spared.seconds(pulse.longestPauseNanos(from, to, end)))
        .max()
        .orElse(Double.NaN);
  }
}
