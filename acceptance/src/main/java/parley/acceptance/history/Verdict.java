package parley.acceptance.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Counts what is wrong, and keeps the first few examples for people. For one thread. */
public final class Verdict {

  private static final int EXAMPLES_MAX = 20;

  /** What can be wrong. */
  public enum Fault {
    LOST,
    DOUBLED,
    /** Also: it stands at another index than somebody was told. */
    REORDERED,
    /** Nobody posted it, or it was altered, or it was not for this reader. */
    INVENTED,
    /** A stream ended, or a Login was refused, though nothing that it depends on had failed. */
    BROKEN,
    /** Two hosts hold different logs. */
    DIVERGED
  }

  private final long[] counts = new long[Fault.values().length];
  private final List<String> examples = new ArrayList<>();
  private long checked;

  /** Counts posts that were looked at. */
  public void checked(long posts) {
    checked += posts;
  }

  /**
   * Counts a fault.
   *
   * @param example what exactly is wrong, for people
   */
  public void add(Fault fault, String example) {
    counts[fault.ordinal()]++;
    if (examples.size() < EXAMPLES_MAX) {
      examples.add(fault.name().toLowerCase(Locale.ROOT) + ": " + example);
    }
  }

  public long count(Fault fault) {
    return counts[fault.ordinal()];
  }

  public boolean isClean() {
    return Arrays.stream(counts).sum() == 0;
  }

  /** Up to twenty faults in words. */
  public List<String> examples() {
    return List.copyOf(examples);
  }

  @Override
  public String toString() {
    return String.format("%,d posts checked: ", checked)
        + Arrays.stream(Fault.values())
            .map(fault -> count(fault) + " " + fault.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
  }
}
