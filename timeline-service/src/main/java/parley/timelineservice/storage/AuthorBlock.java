package parley.timelineservice.storage;

import java.io.ByteArrayOutputStream;
import java.util.function.IntConsumer;

/**
 * A piece of a sealed segment of the index by author, as one row of table {@code author_index}
 * holds it: some authors in ascending order, each with the segment before this one in which it
 * posted, and its indexes in this one. All numbers are varints, indexes as differences.
 *
 * @param firstAuthor the lowest author's id
 */
record AuthorBlock(int segment, int firstAuthor, byte[] entries) {

  /** No earlier segment holds anything of the author. */
  static final int NO_SEGMENT = -1;

  /** An author's part of a segment; indexes ascending. */
  record Part(int author, int previousSegment, long[] indexes) {}

  /** Builds the entries of one block. */
  static final class Builder {
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();

    void add(Part part) {
      ByteArrayOutputStream indexes = new ByteArrayOutputStream();
      long before = 0;
      for (long index : part.indexes()) {
        putVarint(indexes, index - before);
        before = index;
      }
      putVarint(entries, part.author());
      putVarint(entries, part.previousSegment() + 1);
      putVarint(entries, indexes.size());
      entries.writeBytes(indexes.toByteArray());
    }

    int size() {
      return entries.size();
    }

    byte[] entries() {
      return entries.toByteArray();
    }
  }

  /** The author's part, or null if it is not in this block. */
  static Part find(byte[] entries, int author) {
    Reader reader = new Reader(entries);
    while (reader.hasNext()) {
      int id = (int) reader.varint();
      if (id == author) {
        return reader.part(id);
      }
      reader.skipPart();
    }
    return null;
  }

  /** Hands over the ids of all authors in the block. */
  static void forEachAuthor(byte[] entries, IntConsumer authors) {
    Reader reader = new Reader(entries);
    while (reader.hasNext()) {
      authors.accept((int) reader.varint());
      reader.skipPart();
    }
  }

  private static void putVarint(ByteArrayOutputStream to, long value) {
    long rest = value;
    while (rest > 0x7F) {
      to.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    to.write((int) rest);
  }

  private static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean hasNext() {
      return at < bytes.length;
    }

    long varint() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte part = bytes[at++];
        value |= (long) (part & 0x7F) << shift;
        if (part >= 0) {
          return value;
        }
      }
    }

    Part part(int author) {
      int previousSegment = (int) varint() - 1;
      int end = (int) varint();
      end += at;
      long[] indexes = new long[count(end)];
      long index = 0;
      for (int i = 0; i < indexes.length; i++) {
        index += varint();
        indexes[i] = index;
      }
      return new Part(author, previousSegment, indexes);
    }

    void skipPart() {
      varint();
      int length = (int) varint();
      at += length;
    }

    /** A varint's last byte is its only one that is not negative. */
    private int count(int end) {
      int count = 0;
      for (int i = at; i < end; i++) {
        if (bytes[i] >= 0) {
          count++;
        }
      }
      return count;
    }
  }
}
