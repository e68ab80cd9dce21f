package parley.timelineservice.storage;

import java.util.List;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.timeline.Entry;

/**
 * The commands of one slot that took effect (R13): an encoded Entries of {@code count} commands
 * with the indexes from {@code firstIndex} on; at least one.
 */
record EffectiveSlot(long slot, long firstIndex, int count, byte[] entries) {

  /** Of a slot's whole batch and the positions in it that have no index. */
  static EffectiveSlot of(
      long slot, long firstIndex, int count, byte[] batch, List<Integer> ineffective) {
    return new EffectiveSlot(slot, firstIndex, count, EntryCodec.without(batch, ineffective));
  }

  long lastIndex() {
    return firstIndex + count - 1;
  }

  /** The command at an index from {@code firstIndex} to {@code lastIndex()}. */
  Entry entryAt(long index) {
    return EntryCodec.decodeAt(entries, Math.toIntExact(index - firstIndex));
  }

  /** All commands, in order of their indexes. */
  List<Entry> decoded() {
    return EntryCodec.decode(entries);
  }
}
