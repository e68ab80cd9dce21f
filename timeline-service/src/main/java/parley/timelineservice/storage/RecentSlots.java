package parley.timelineservice.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The newest applied slots in memory: readers at the head never touch the disk, and effects that
 * are not written yet are found here. Any thread may call.
 *
 * <p>Invariant: holds every effective slot above the stored applied index; others only while all
 * together stay within the bound.
 */
final class RecentSlots {

  private final TreeMap<Long, EffectiveSlot> byFirstIndex = new TreeMap<>();
  private final long maxBytes;
  private final LongSupplier storedIndex;
  private long bytes;

  /**
   * @param storedIndex the applied index up to which effects are durable; only grows
   */
  RecentSlots(long maxBytes, LongSupplier storedIndex) {
    this.maxBytes = maxBytes;
    this.storedIndex = storedIndex;
  }

  synchronized void add(EffectiveSlot slot) {
    byFirstIndex.put(slot.firstIndex(), slot);
    bytes += slot.entries().length;
    while (bytes > maxBytes
        && byFirstIndex.size() > 1
        && byFirstIndex.firstEntry().getValue().lastIndex() <= storedIndex.getAsLong()) {
      bytes -= byFirstIndex.pollFirstEntry().getValue().entries().length;
    }
  }

  /**
   * The slots from the one that holds this index on, while they fit; at least one, or none if it is
   * not here.
   */
  synchronized List<EffectiveSlot> from(long index, long maxBytes) {
    Map.Entry<Long, EffectiveSlot> first = byFirstIndex.floorEntry(index);
    if (first == null || first.getValue().lastIndex() < index) {
      return List.of();
    }
    List<EffectiveSlot> found = new ArrayList<>();
    long size = 0;
    for (EffectiveSlot slot : byFirstIndex.tailMap(first.getKey(), true).values()) {
      size += slot.entries().length;
      if (!found.isEmpty() && size > maxBytes) {
        break;
      }
      found.add(slot);
    }
    return found;
  }
}
