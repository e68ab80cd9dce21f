package parley.acceptance.faults;

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

  /**
   * The longest that any of them waited for an acknowledgement, or for the next post of anybody;
   * not a number if there are none.
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
