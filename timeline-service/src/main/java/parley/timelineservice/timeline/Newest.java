package parley.timelineservice.timeline;

import java.util.List;
import java.util.TreeSet;

/** The highest few of all indexes that are offered, each once. */
public final class Newest {

  private final TreeSet<Long> indexes = new TreeSet<>();
  private final int limit;

  /**
   * @param limit how many are wanted; at least 0
   */
  public Newest(int limit) {
    this.limit = limit;
  }

  /** Whether an index this high, or a lower one, could still be among the highest. */
  public boolean wants(long index) {
    return indexes.size() < limit || (limit > 0 && index > indexes.first());
  }

  /** Takes the index if it is among the highest so far. */
  public void offer(long index) {
    if (wants(index) && indexes.add(index) && indexes.size() > limit) {
      indexes.pollFirst();
    }
  }

  /** The highest ones, lowest first. */
  public List<Long> ascending() {
    return List.copyOf(indexes);
  }
}
