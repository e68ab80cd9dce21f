package parley.acceptance.history;

import java.util.Set;
import java.util.TreeSet;

/**
 * Judges an order in which somebody saw a timeline: without a gap, each post once, as it stands in
 * the log.
 */
final class Run {

  private final HostLog log;
  private final Timeline timeline;
  private final Object reader;
  private final Verdict verdict;
  private final Set<Integer> missing = new TreeSet<>();
  private int last = Positions.NOWHERE;

  /**
   * A run that begins with the timeline's first post.
   *
   * @param reader what brought it, for people
   */
  Run(HostLog log, Timeline timeline, Object reader, Verdict verdict) {
    this.log = log;
    this.timeline = timeline;
    this.reader = reader;
    this.verdict = verdict;
  }

  /** Says that it may begin with a later post. */
  void beginAt(int position) {
    last = position - 1;
  }

  /** Where its last post up to now stands. */
  int last() {
    return last;
  }

  /** Takes the post that was seen next. */
  void take(int position) {
    if (position > last) {
      for (int skipped = timeline.next(last);
          skipped < position;
          skipped = timeline.next(skipped)) {
        missing.add(skipped);
      }
      last = position;
    } else if (missing.remove(position)) {
      add(Verdict.Fault.REORDERED, "brought " + log.show(position) + " after " + log.show(last));
    } else {
      add(Verdict.Fault.DOUBLED, "brought again " + log.show(position));
    }
  }

  /**
   * Ends it.
   *
   * @param whole whether it must have come to the end of the timeline
   */
  void end(boolean whole) {
    for (int position : missing) {
      add(Verdict.Fault.LOST, "did not bring " + log.show(position));
    }
    if (whole) {
      for (int position = timeline.next(last);
          position < log.size();
          position = timeline.next(position)) {
        add(Verdict.Fault.LOST, "ended without " + log.show(position));
      }
    }
  }

  private void add(Verdict.Fault fault, String what) {
    verdict.add(fault, reader + " " + what);
  }
}
