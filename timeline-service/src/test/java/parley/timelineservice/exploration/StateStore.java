package parley.timelineservice.exploration;

import java.util.Arrays;

/**
 * The states of the cluster that were met, each with the one that it was first reached from. States
 * are exact: two words each, no hashes. One that {@linkplain Cluster#allowsAllOf allows less} than
 * another is not kept, or given up when that other one comes. Safe for several threads, which
 * seldom wait because it is split in parts.
 */
final class StateStore {

  static final int NO_PARENT = -1;
  static final int NOT_NEEDED = -2;

  private static final int PARTS = 256;
  private static final int PART_SHIFT = 24;
  private static final int INDEX_MASK = (1 << PART_SHIFT) - 1;

  private final World world;
  private final int hosts;
  private final Part[] parts = new Part[PARTS];

  StateStore(World world, int hosts) {
    this.world = world;
    this.hosts = hosts;
    Arrays.setAll(parts, Part::new);
  }

  /** Returns a reference to the state, or that it is not needed. */
  int add(Cluster cluster, int parent) {
    int hash = cluster.hashOfCores();
    return parts[hash >>> PART_SHIFT].add(cluster, parent, hash);
  }

  /** Whether no other state that was met since allows all that this one does. */
  boolean isNeeded(int reference) {
    Part part = parts[reference >>> PART_SHIFT];
    return part.nexts[reference & INDEX_MASK] != Part.GIVEN_UP;
  }

  Cluster cluster(int reference) {
    return parts[reference >>> PART_SHIFT].cluster(reference & INDEX_MASK);
  }

  int parent(int reference) {
    return parts[reference >>> PART_SHIFT].parents[reference & INDEX_MASK];
  }

  /** All that were ever kept. */
  long size() {
    return Arrays.stream(parts).mapToLong(part -> part.size).sum();
  }

  /** Without those that were given up. */
  long needed() {
    return Arrays.stream(parts).mapToLong(part -> part.needed).sum();
  }

  /** A list that only grows, with an open hash table of chains of states with the same cores. */
  private final class Part {

    private static final int END = -1;
    private static final int GIVEN_UP = -2;

    private final int number;
    private volatile long[] words = new long[128];
    private volatile int[] parents = new int[64];
    private volatile int[] nexts = new int[64];
    private int[] table = new int[128];
    private int chains;
    private volatile int size;
    private volatile int needed;

    Part(int number) {
      this.number = number;
    }

    Cluster cluster(int index) {
      long[] all = words;
      return Cluster.unpack(world, hosts, all[2 * index], all[2 * index + 1]);
    }

    synchronized int add(Cluster cluster, int parent, int hash) {
      int at = find(cluster, hash);
      int first = table[at] - 1;
      int before = END;
      for (int i = first; i != END; ) {
        Cluster known = cluster(i);
        int next = nexts[i];
        if (known.allowsAllOf(cluster)) {
          return NOT_NEEDED;
        }
        if (cluster.allowsAllOf(known)) {
          if (before == END) {
            first = next;
          } else {
            nexts[before] = next;
          }
          nexts[i] = GIVEN_UP;
          needed--;
        } else {
          before = i;
        }
        i = next;
      }
      int index = append(cluster, parent, first);
      boolean isNewChain = table[at] == 0;
      table[at] = index + 1;
      if (isNewChain && ++chains > table.length / 4 * 3) {
        rehash();
      }
      return number << PART_SHIFT | index;
    }

    /** Where the chain of its cores is, or belongs. */
    private int find(Cluster cluster, int hash) {
      int at = hash & table.length - 1;
      while (table[at] != 0 && !cluster(table[at] - 1).hasCoresOf(cluster)) {
        at = at + 1 & table.length - 1;
      }
      return at;
    }

    private int append(Cluster cluster, int parent, int next) {
      int index = size;
      if (index > INDEX_MASK) {
        throw new IllegalStateException("too many states");
      }
      if (index == parents.length) {
        words = Arrays.copyOf(words, index * 3);
        nexts = Arrays.copyOf(nexts, index * 3 / 2);
        parents = Arrays.copyOf(parents, index * 3 / 2);
      }
      words[2 * index] = cluster.high();
      words[2 * index + 1] = cluster.low();
      parents[index] = parent;
      nexts[index] = next;
      size = index + 1;
      needed++;
      return index;
    }

    private void rehash() {
      int[] smaller = table;
      table = new int[2 * smaller.length];
      for (int entry : smaller) {
        if (entry != 0) {
          Cluster first = cluster(entry - 1);
          table[find(first, first.hashOfCores())] = entry;
        }
      }
    }
  }
}
