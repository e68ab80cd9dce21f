package parley.timelineservice.codec;

import java.util.Arrays;

/**
 * Finds where each entry begins in encoded entries: each is its field's tag, its length as a
 * varint, and so many bytes.
 */
final class EntryBounds {

  /** Field 1, length-delimited. */
  private static final int TAG = 0x0A;

  private EntryBounds() {}

  /** The offset of each entry's tag, and last the length of the whole. */
  static int[] of(byte[] bytes) {
    int[] bounds = new int[16];
    int entries = 0;
    int at = 0;
    while (at < bytes.length) {
      if (entries + 1 == bounds.length) {
        bounds = Arrays.copyOf(bounds, bounds.length * 2);
      }
      bounds[entries++] = at;
      at = end(bytes, at);
    }
    bounds[entries] = at;
    return Arrays.copyOf(bounds, entries + 1);
  }

  private static int end(byte[] bytes, int start) {
    if (bytes[start] != TAG) {
      throw new MalformedEntries(
          "no entry begins at byte " + start + " of " + bytes.length + ": " + bytes[start]);
    }
    long length = 0;
    int at = start + 1;
    for (int shift = 0; ; shift += 7) {
      if (at == bytes.length || shift > 28) {
        throw new MalformedEntries("the entry at byte " + start + " has no proper length");
      }
      byte part = bytes[at++];
      length |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        break;
      }
    }
    if (length > bytes.length - at) {
      throw new MalformedEntries(
          "the entry at byte " + start + " should be " + length + " bytes long, beyond the end");
    }
    return at + (int) length;
  }
}
