package parley.acceptance.history;

import java.util.Arrays;

/**
 * Judges readings: every expected post exactly once, in the one order of all posts, nothing else.
 * Since every reading is compared with the same order, readings without fault also agree among each
 * other.
 *
 * <p>For one thread.
 */
public final class ReadingCheck {

  private static final int NOWHERE = -1;

  private final Model model;
  private final GlobalOrder order;
  private final int oldPostsMax;
  private final Verdict verdict;
  // By line: where it stands among what the reader at hand expects; NOWHERE for all others between
  // two checks.
  private final int[] ranks;

  /**
   * @param oldPostsMax how many old posts a stream brings when it is opened, if there are so many
   */
  public ReadingCheck(Model model, GlobalOrder order, int oldPostsMax, Verdict verdict) {
    this.model = model;
    this.order = order;
    this.oldPostsMax = oldPostsMax;
    this.verdict = verdict;
    this.ranks = new int[model.posts()];
    Arrays.fill(ranks, NOWHERE);
  }

  /** Adds a reading's faults to the verdict. */
  public void check(Reading reading) {
    int[] expected = order.sorted(model.expected(reading.follower()));
    for (int rank = 0; rank < expected.length; rank++) {
      ranks[expected[rank]] = rank;
    }
    boolean[] seen = new boolean[expected.length];
    int first = expected.length;
    int last = NOWHERE;
    for (int line : reading.lines()) {
      int rank = line < 0 || line >= ranks.length ? NOWHERE : ranks[line];
      if (rank == NOWHERE) {
        fault(Verdict.Fault.INVENTED, reading, "received what was not for them: line " + line);
        continue;
      }
      if (seen[rank]) {
        fault(Verdict.Fault.DOUBLED, reading, "received line " + line + " again");
      } else if (rank < last) {
        fault(
            Verdict.Fault.REORDERED,
            reading,
            "received line " + line + " after line " + expected[last]);
      }
      seen[rank] = true;
      first = Math.min(first, rank);
      last = Math.max(last, rank);
    }
    checkGaps(reading, expected, seen, first, last);
    verdict.checked(reading.lines().length);
    for (int line : expected) {
      ranks[line] = NOWHERE;
    }
  }

  private void checkGaps(Reading reading, int[] expected, boolean[] seen, int first, int last) {
    boolean fromBeginning = reading.extent() != Extent.END;
    boolean toEnd = reading.extent() != Extent.BEGINNING;
    int from = fromBeginning ? 0 : first;
    int to = toEnd ? expected.length : last + 1;
    for (int rank = 0; rank < expected.length; rank++) {
      boolean wanted = rank >= from && rank < to || reading.required().get(expected[rank]);
      if (wanted && !seen[rank]) {
        fault(Verdict.Fault.LOST, reading, "never received line " + expected[rank]);
      }
    }
    // Who comes late must at least see the newest old posts.
    if (reading.extent() == Extent.END && first > 0 && reading.oldPosts() < oldPostsMax) {
      fault(
          Verdict.Fault.LOST,
          reading,
          "received only " + reading.oldPosts() + " old posts, though there were more");
    }
  }

  private void fault(Verdict.Fault fault, Reading reading, String what) {
    verdict.add(fault, model.name(reading.follower()) + " " + what);
  }
}
