package parley.acceptance.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parley.acceptance.faults.Goal.LibraryPauseAtMost;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.lab.fault.Unplugged;

/**
 * Counts after how many faults of a campaign the library's users waited no longer than they may. A
 * figure and no verdict: a machine without room on its processors makes everybody wait. For one
 * thread.
 */
final class LibraryGoals {

  private final List<String> missed = new ArrayList<>();
  private int judged;

  /** Looks at one fault, if there is a goal for its kind. */
  void judge(int number, Fault fault, Measurement measurement) {
    Optional<LibraryPauseAtMost> goal = goal(fault);
    if (goal.isPresent()) {
      judged++;
      if (goal.get().outcome(List.of(measurement)) != Goal.Outcome.MET) {
        missed.add(
            String.format(
                Locale.ROOT,
                "%d. %s: %.3f s; %s",
                number,
                fault.name(),
                goal.get().figure(measurement),
                goal.get().words()));
      }
    }
  }

  private static Optional<LibraryPauseAtMost> goal(Fault fault) {
    if (fault instanceof Kill) {
      return Optional.of(LibraryPauseAtMost.KILLED);
    }
    return fault instanceof Unplugged ? Optional.of(LibraryPauseAtMost.CUT_OFF) : Optional.empty();
  }

  /** For people: how many, and each that was missed. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "of %d faults that the library's users have a goal for, it was met after %d"
            .formatted(judged, judged - missed.size()));
    lines.addAll(missed);
    return lines;
  }
}
