package parley.client.traffic;

import java.util.Optional;

/**
 * What the text of a post says, so that whoever receives it can check it.
 *
 * @param number the author's first post has 1, the next one 2
 * @param plannedNanos when it was to be made, on this process's own clock
 */
record Mark(long number, long plannedNanos) {

  private static final int WORDS = 3;

  /**
   * @param run tells the posts of this run from all others
   */
  String toText(String run) {
    return run + " " + number + " " + plannedNanos;
  }

  /** Empty if it is a post of somebody else's. */
  static Optional<Mark> parse(String run, String text) {
    String[] words = text.split(" ", WORDS);
    if (words.length < WORDS || !words[0].equals(run)) {
      return Optional.empty();
    }
    return Optional.of(new Mark(Long.parseLong(words[1]), Long.parseLong(words[2])));
  }
}
