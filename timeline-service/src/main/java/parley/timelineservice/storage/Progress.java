package parley.timelineservice.storage;

import parley.timelineservice.timeline.AppliedSlot;

/**
 * How far the derived tables have come: their part of the one row of table {@code replica}.
 *
 * @param appliedSlot effects up to this slot are in the derived tables (R9)
 * @param appliedIndex the index of the last of them
 * @param posts how many of them are posts
 * @param indexedIndex posts up to this index are in the sealed segments of the index by author
 * @param segments how many segments are sealed; their numbers are from 0
 */
record Progress(long appliedSlot, long appliedIndex, long posts, long indexedIndex, int segments) {

  static final Progress NEW = new Progress(0, 0, 0, 0, 0);

  /** The progress once this slot's effects are written. */
  Progress after(AppliedSlot slot) {
    if (slot.slot() != appliedSlot + 1 || slot.firstIndex() != appliedIndex + 1) {
      throw new IllegalStateException(
          "effects of slot %d from index %d after those of slot %d up to index %d"
              .formatted(slot.slot(), slot.firstIndex(), appliedSlot, appliedIndex));
    }
    return new Progress(slot.slot(), slot.lastIndex(), posts + posts(slot), indexedIndex, segments);
  }

  /** How many of a slot's effects are posts. */
  static int posts(AppliedSlot slot) {
    int posts = 0;
    for (int author : slot.authors()) {
      posts += author >= 0 ? 1 : 0;
    }
    return posts;
  }

  /** The progress once the next segment is complete. */
  Progress sealed(long lastIndex) {
    return new Progress(appliedSlot, appliedIndex, posts, lastIndex, segments + 1);
  }
}
