package parley.timelineservice.paxos;

import java.util.Arrays;
import java.util.Collection;

/**
 * The arithmetic of majorities among {@code replicas} replicas.
 *
 * @param replicas at least 1
 */
record Quorum(int replicas) {

  /** How many replicas make a majority: any two majorities share one. */
  int size() {
    return replicas / 2 + 1;
  }

  boolean reachedBy(int count) {
    return count >= size();
  }

  /** How many voters a newcomer must have asked, so that each majority has one of them (R15). */
  int answersForNewcomer() {
    return replicas - size() + 1;
  }

  /** The highest value that a majority has reached; 0 if fewer than a majority are given. */
  long reached(Collection<Long> values) {
    if (values.size() < size()) {
      return 0;
    }
    long[] sorted = values.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length - size()];
  }
}
