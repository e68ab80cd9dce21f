package parley.client.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** How long something took, each time. Thread-safe. */
public final class Latencies {

  private static final long LONGEST_US = TimeUnit.HOURS.toMicros(1);
  private static final int DIGITS = 3;
  private static final double US_PER_MS = 1_000;
  // Bounds of the bars, as multiples of powers of ten.
  private static final int[] STEPS = {1, 2, 5};

  /**
   * How many took less than this, and not less than the bar before.
   *
   * @param belowMs the bound
   */
  public record Bar(double belowMs, long count) {}

  private final Histogram histogram = new ConcurrentHistogram(LONGEST_US, DIGITS);

  void recordNanos(long nanos) {
    long us = TimeUnit.NANOSECONDS.toMicros(nanos);
    histogram.recordValue(Math.max(0, Math.min(us, LONGEST_US)));
  }

  /** How many were recorded. */
  public long count() {
    return histogram.getTotalCount();
  }

  /** The time within which so many percent were done; 0 if there are none. */
  public double percentileMs(double percentile) {
    return histogram.getValueAtPercentile(percentile) / US_PER_MS;
  }

  /** From the bar of the shortest to the bar of the longest, none left out between them. */
  public List<Bar> bars() {
    SortedMap<Long, Long> counts = new TreeMap<>();
    for (HistogramIterationValue value : histogram.recordedValues()) {
      counts.merge(
          boundAbove(value.getValueIteratedTo()),
          value.getCountAddedInThisIterationStep(),
          Long::sum);
    }
    List<Bar> bars = new ArrayList<>();
    if (!counts.isEmpty()) {
      for (long bound = counts.firstKey(); bound <= counts.lastKey(); bound = boundAbove(bound)) {
        bars.add(new Bar(bound / US_PER_MS, counts.getOrDefault(bound, 0L)));
      }
    }
    return bars;
  }

  private static long boundAbove(long us) {
    for (long power = 1; ; power *= 10) {
      for (int step : STEPS) {
        if (us < step * power) {
          return step * power;
        }
      }
    }
  }
}
