package parley.frontend.delivery;

import java.util.Arrays;

/**
 * A set of user ids that answers {@link #contains} without allocation and mostly with one look:
 * asked for each event that a lagging session passes. Open addressing, at most half full, behind a
 * filter with at least sixteen bits per member.
 *
 * <p>{@code slots} decides; a bit of {@code filter} that is not set proves absence, one that is set
 * proves nothing.
 */
final class IntSet {
  private static final int FREE = -1;

  private int[] slots = free(8);
  private long[] filter = new long[1];
  private int size;

  private static int[] free(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, FREE);
    return slots;
  }

  boolean contains(int value) {
    // The shift takes the low six bits.
    return (filter[(value >>> 6) & (filter.length - 1)] & (1L << value)) != 0 && isInSlots(value);
  }

  private boolean isInSlots(int value) {
    int mask = slots.length - 1;
    for (int i = home(value, mask); ; i = (i + 1) & mask) {
      int found = slots[i];
      if (found == value) {
        return true;
      }
      if (found == FREE) {
        return false;
      }
    }
  }

  void add(int value) {
    if (contains(value)) {
      return;
    }
    if (2 * ++size > slots.length) {
      int[] old = slots;
      slots = free(2 * old.length);
      filter = new long[slots.length / 8];
      for (int each : old) {
        if (each != FREE) {
          place(each);
        }
      }
    }
    place(value);
  }

  void remove(int value) {
    int mask = slots.length - 1;
    int hole = home(value, mask);
    while (slots[hole] != value) {
      if (slots[hole] == FREE) {
        return;
      }
      hole = (hole + 1) & mask;
    }
    size--;
    // Whoever was pushed on past the hole moves back, or it would not be found any more.
    for (int i = (hole + 1) & mask; slots[i] != FREE; i = (i + 1) & mask) {
      int distanceFromHome = (i - home(slots[i], mask)) & mask;
      int distanceFromHole = (i - hole) & mask;
      if (distanceFromHome >= distanceFromHole) {
        slots[hole] = slots[i];
        hole = i;
      }
    }
    slots[hole] = FREE;
  }

  int size() {
    return size;
  }

  private void place(int value) {
    int mask = slots.length - 1;
    int i = home(value, mask);
    while (slots[i] != FREE) {
      i = (i + 1) & mask;
    }
    slots[i] = value;
    filter[(value >>> 6) & (filter.length - 1)] |= 1L << value;
  }

  private static int home(int value, int mask) {
    int spread = value * 0x9E3779B9;
    return (spread ^ (spread >>> 16)) & mask;
  }
}
