package parley.acceptance.faults;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle and the end of what was measured several times. */
final class Medians {

  private Medians() {}

  /** The median; not a number if nothing was measured. */
  static double of(List<Measurement> repetitions, ToDoubleFunction<Measurement> value) {
    double[] sorted = sorted(repetitions, value);
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static double max(List<Measurement> repetitions, ToDoubleFunction<Measurement> value) {
    double[] sorted = sorted(repetitions, value);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1];
  }

  private static double[] sorted(
      List<Measurement> repetitions, ToDoubleFunction<Measurement> value) {
    return repetitions.stream().mapToDouble(value).filter(v -> !Double.isNaN(v)).sorted().toArray();
  }
}
