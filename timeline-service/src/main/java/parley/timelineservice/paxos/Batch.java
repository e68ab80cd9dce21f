package parley.timelineservice.paxos;

import java.util.Arrays;

/**
 * The value of one slot: several entries as bytes that the core never looks into. Compared by
 * content. The byte array is shared, not copied: nobody may change it after construction.
 *
 * @param count how many entries the bytes hold
 * @param bytes the encoded entries
 */
public record Batch(int count, byte[] bytes) {

  /** Fills a slot in which no majority can have accepted anything. */
  public static final Batch EMPTY = new Batch(0, new byte[0]);

  @Override
  public boolean equals(Object other) {
    return other instanceof Batch that && count == that.count && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * count + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return count + " entries, " + bytes.length + " bytes";
  }
}
