package parley.acceptance.faults;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.load.Load;

/**
 * What is noticed at those frontends whose own clients a fault does not hit; at all of them, if it
 * hits all. Moments are on the nanosecond clock, results in seconds.
 */
final class Spared {

  private static final double TAIL = 0.99;

  private final Load load;
  private final int[] hosts;

  /**
   * @param aside hosts that are not looked at either
   */
  Spared(Load load, Fault fault, Set<Integer> aside) {
    this.load = load;
    Set<Integer> hit = fault.frontendsHit();
    int[] spared =
        IntStream.rangeClosed(1, Hosts.COUNT)
            .filter(host -> !hit.contains(host) && !aside.contains(host))
            .toArray();
    this.hosts = spared.length > 0 ? spared : IntStream.rangeClosed(1, Hosts.COUNT).toArray();
  }

  /**
   * The longest pause at any of them.
   *
   * @param end how far a pause counts that lasts beyond the stretch
   */
  double longestPause(long from, long to, long end) {
    return IntStream.of(hosts)
        .mapToDouble(host -> seconds(load.pulse(host).longestPauseNanos(from, to, end)))
        .max()
        .orElse(Double.NaN);
  }

  /** The 99th percentile of delays, at the worst of them; not a number if nothing came through. */
  double tailDelay(long from, long to) {
    return IntStream.of(hosts)
        .mapToObj(host -> load.pulse(host).delaysNanos(from, to))
        .filter(delays -> delays.length > 0)
        .mapToDouble(delays -> seconds(delays[(int) (TAIL * (delays.length - 1))]))
        .max()
        .orElse(Double.NaN);
  }

  /** How many posts came through at all of them in each part of a stretch. */
  long[] counts(long from, long to, int parts) {
    long[] sums = new long[parts];
    for (int host : hosts) {
      long[] counts = load.pulse(host).counts(from, to, parts);
      for (int part = 0; part < parts; part++) {
        sums[part] += counts[part];
      }
    }
    return sums;
  }

  static double seconds(long nanos) {
    return nanos / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
