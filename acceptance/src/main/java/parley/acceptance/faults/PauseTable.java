package parley.acceptance.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The pauses of a campaign by what was done, for people. For one thread. */
final class PauseTable {

  private final Map<String, List<Measurement>> byFault = new TreeMap<>();

  void add(String fault, Measurement measurement) {
    byFault.computeIfAbsent(fault, f -> new ArrayList<>()).add(measurement);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%-46s %5s %9s %9s %9s %12s %9s %9s",
            "seconds", "n", "median", "longest", "back", "users back", "library", "longest"));
    byFault.forEach(
        (fault, all) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%-46s %5d %9s %9s %9s %12s %9s %9s",
                    fault,
                    all.size(),
                    number(Medians.of(all, Measurement::faultPause)),
                    number(Medians.max(all, Measurement::faultPause)),
                    number(Medians.max(all, Measurement::backAfter)),
                    number(Medians.max(all, Measurement::returnAfter)),
                    number(Medians.of(all, Measurement::libraryFaultPause)),
                    number(Medians.max(all, Measurement::libraryFaultPause)))));
    return lines;
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }
}
