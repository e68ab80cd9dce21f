package parley.timelineservice.simulation;

/**
 * About how many different values were seen, in little memory: HyperLogLog (Flajolet, Fusy,
 * Gandouet and Meunier, 2007) with {@value #REGISTERS} registers, so that the estimate is mostly
 * within 2 %.
 */
final class DistinctCount {

  private static final int REGISTERS = 4_096;
  private static final int INDEX_BITS = 12;
  private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

  private final byte[] ranks = new byte[REGISTERS];

  /** Takes in a value by its hash, of which all bits must be well mixed. */
  void add(long hash) {
    int register = (int) (hash >>> Long.SIZE - INDEX_BITS);
    byte rank = (byte) (1 + Long.numberOfLeadingZeros(hash << INDEX_BITS | 1L << INDEX_BITS - 1));
    if (rank > ranks[register]) {
      ranks[register] = rank;
    }
  }

  void add(DistinctCount other) {
    for (int i = 0; i < REGISTERS; i++) {
      ranks[i] = (byte) Math.max(ranks[i], other.ranks[i]);
    }
  }

  long estimate() {
    double sum = 0;
    int empty = 0;
    for (byte rank : ranks) {
      sum += Math.pow(2, -rank);
      empty += rank == 0 ? 1 : 0;
    }
    double estimate = ALPHA * REGISTERS * REGISTERS / sum;
    boolean small = estimate <= 2.5 * REGISTERS && empty > 0;
    return Math.round(small ? REGISTERS * Math.log((double) REGISTERS / empty) : estimate);
  }
}
