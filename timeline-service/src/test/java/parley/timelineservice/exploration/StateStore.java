package parley.timelineservice.exploration;

import java.util.Arrays;

/**
 * All states of the cluster that were met, in the order in which they were met, each with the one
 * that it was first reached from. States are exact: two words each, no hashes. Safe for several
 * threads, which seldom wait because it is split in parts.
 */
final class StateStore {

  static final int PARTS = 256;
  static final int NO_PARENT = -1;

  private static final int PART_SHIFT = 24;
  private static final int INDEX_MASK = (1 << PART_SHIFT) - 1;

  private final Part[] parts = new Part[PARTS];

  StateStore() {
    Arrays.setAll(parts, i -> new Part());
  }

  /** Returns whether the state is new. */
  boolean add(long high, long low, int parent) {
    long hash = hash(high, low);
    return parts[(int) (hash >>> 56)].add(high, low, parent, (int) hash);
  }

  private static long hash(long high, long low) {
    long hash = (high * 0x9E6C63D0876A9A47L ^ Long.rotateLeft(low, 32)) * 0xC6A4A7935BD1E995L;
    return (hash ^ hash >>> 31) * 0xD6E8FEB86659FD93L;
  }

  int size(int part) {
    return parts[part].size;
  }

  long size() {
    return Arrays.stream(parts).mapToLong(part -> part.size).sum();
  }

  static int reference(int part, int index) {
    return part << PART_SHIFT | index;
  }

  long high(int reference) {
    return parts[reference >>> PART_SHIFT].words[2 * (reference & INDEX_MASK)];
  }

  long low(int reference) {
    return parts[reference >>> PART_SHIFT].words[2 * (reference & INDEX_MASK) + 1];
  }

  int parent(int reference) {
    return parts[reference >>> PART_SHIFT].parents[reference & INDEX_MASK];
  }

  /** An open hash table of positions in a list that only grows. */
  private static final class Part {

    private volatile long[] words = new long[128];
    private volatile int[] parents = new int[64];
    private int[] table = new int[128];
    private volatile int size;

    synchronized boolean add(long high, long low, int parent, int hash) {
      int at = hash & table.length - 1;
      while (table[at] != 0) {
        int index = table[at] - 1;
        if (words[2 * index] == high && words[2 * index + 1] == low) {
          return false;
        }
        at = at + 1 & table.length - 1;
      }
      append(high, low, parent);
      table[at] = size;
      if (size > table.length / 4 * 3) {
        rehash();
      }
      return true;
    }

    private void append(long high, long low, int parent) {
      if (size > INDEX_MASK) {
        throw new IllegalStateException("too many states");
      }
      if (size == parents.length) {
        words = Arrays.copyOf(words, size * 3);
        parents = Arrays.copyOf(parents, size * 3 / 2);
      }
      words[2 * size] = high;
      words[2 * size + 1] = low;
      parents[size] = parent;
      size++;
    }

    private void rehash() {
      int[] larger = new int[2 * table.length];
      for (int index = 0; index < size; index++) {
        int at = (int) StateStore.hash(words[2 * index], words[2 * index + 1]) & larger.length - 1;
        while (larger[at] != 0) {
          at = at + 1 & larger.length - 1;
        }
        larger[at] = index + 1;
      }
      table = larger;
    }
  }
}
