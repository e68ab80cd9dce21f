package parley.acceptance.history;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Where each post stands in a log, in four bytes each; for one that is there twice, the first. */
final class Positions {

  static final int NOWHERE = -1;
  private static final int[] NONE = {};

  private final Map<String, int[]> byAuthor = new HashMap<>();

  Positions(HostLog log) {
    for (int position = 0; position < log.size(); position++) {
      if (log.number(position) >= 0) {
        enter(log.author(position), log.number(position), position);
      }
    }
  }

  private void enter(String author, int number, int position) {
    int[] places = byAuthor.getOrDefault(author, NONE);
    if (number >= places.length) {
      int[] longer = Arrays.copyOf(places, Math.max(number + 1, places.length * 2));
      Arrays.fill(longer, places.length, longer.length, NOWHERE);
      places = longer;
      byAuthor.put(author, places);
    }
    if (places[number] == NOWHERE) {
      places[number] = position;
    }
  }

  int of(String author, int number) {
    int[] places = byAuthor.getOrDefault(author, NONE);
    return number < places.length ? places[number] : NOWHERE;
  }
}
