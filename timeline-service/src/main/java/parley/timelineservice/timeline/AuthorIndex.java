package parley.timelineservice.timeline;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * At which indexes each author posted, for one stretch of the timeline. Grows slot by slot until
 * its owner starts another one; never shrinks. Not safe for threads.
 */
public final class AuthorIndex {

  private static final class Indexes {
    private long[] values = new long[2];
    private int size;

    void add(long index) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = index;
    }

    void offer(long sinceIndex, long upToIndex, Newest newest) {
      int from = Arrays.binarySearch(values, 0, size, upToIndex);
      for (int i = from >= 0 ? from : -from - 2; i >= 0 && values[i] > sinceIndex; i--) {
        if (!newest.wants(values[i])) {
          return;
        }
        newest.offer(values[i]);
      }
    }
  }

  private final Map<Integer, Indexes> byAuthor = new LinkedHashMap<>();
  private int posts;
  private long lastIndex;

  /**
   * Takes in an applied slot.
   *
   * @param firstIndex above every index taken in before
   * @param authors the authors' ids at the indexes from {@code firstIndex} on, -1 where there is no
   *     post
   */
  public void add(long firstIndex, List<Integer> authors) {
    long index = firstIndex;
    for (int author : authors) {
      if (author >= 0) {
        byAuthor.computeIfAbsent(author, id -> new Indexes()).add(index);
        posts++;
      }
      index++;
    }
    lastIndex = index - 1;
  }

  /** Offers the author's indexes in {@code (sinceIndex, upToIndex]}, highest first. */
  public void offer(int author, long sinceIndex, long upToIndex, Newest newest) {
    Indexes indexes = byAuthor.get(author);
    if (indexes != null) {
      indexes.offer(sinceIndex, upToIndex, newest);
    }
  }

  /** How many posts were taken in. */
  public int posts() {
    return posts;
  }

  /** The last index of the last slot taken in; 0 if none was. */
  public long lastIndex() {
    return lastIndex;
  }

  /** The authors' ids, ascending. */
  public int[] authors() {
    return byAuthor.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /** The author's indexes, ascending; empty if it did not post in this stretch. */
  public long[] indexes(int author) {
    Indexes indexes = byAuthor.get(author);
    return indexes == null ? new long[0] : Arrays.copyOf(indexes.values, indexes.size);
  }
}
