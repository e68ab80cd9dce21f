package parley.acceptance.history;

import java.util.Set;

/** The part of a log that is for one reader: the posts of those whom they follow. */
final class Timeline {

  private final HostLog log;
  // By the log's number of an author.
  private final boolean[] follows;

  Timeline(HostLog log, Set<String> followees) {
    this.log = log;
    this.follows = new boolean[log.authors()];
    followees.stream()
        .mapToInt(log::authorNumber)
        .filter(number -> number != Positions.NOWHERE)
        .forEach(number -> follows[number] = true);
  }

  /** The next post behind a position; the log's size if there is none. */
  int next(int position) {
    int next = position + 1;
    while (next < log.size() && !follows[log.authorNumber(next)]) {
      next++;
    }
    return next;
  }
}
