package parley.timelineservice.exploration;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Sets of small numbers as words of bits, without trailing empty words; never changed in place. */
final class Bits {

  static final long[] NONE = {};

  private Bits() {}

  static boolean has(long[] set, int number) {
    int word = number >> 6;
    return word < set.length && (set[word] & 1L << number) != 0;
  }

  static boolean hasAllOf(long[] set, long[] other) {
    if (other.length > set.length) {
      return false;
    }
    for (int word = 0; word < other.length; word++) {
      if ((other[word] & ~set[word]) != 0) {
        return false;
      }
    }
    return true;
  }

  static long[] with(long[] set, int number) {
    int word = number >> 6;
    long[] with = Arrays.copyOf(set, Math.max(set.length, word + 1));
    with[word] |= 1L << number;
    return with;
  }

  static long word(long[] set, int word) {
    return word < set.length ? set[word] : 0;
  }

  /** Each number in a word. */
  static void forEach(int word, long bits, IntConsumer number) {
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      number.accept(64 * word + Long.numberOfTrailingZeros(rest));
    }
  }
}
