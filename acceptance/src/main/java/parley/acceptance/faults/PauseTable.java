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
            "%-46s %5s %9s %9s %9s %12s",
            "seconds", "n", "median", "longest", "back", "users back"));
    byFault.forEach(
        (fault, all) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%-46s %5d %9.3f %9.3f %9.1f %12.1f",
                    fault,
                    all.size(),
                    Medians.of(all, Measurement::faultPause),
                    Medians.max(all, Measurement::faultPause),
                    Medians.max(all, Measurement::backAfter),
                    Medians.max(all, Measurement::returnAfter))));
    return lines;
  }
}
