package parley.timelineservice.timeline;

import java.util.List;

/**
 * Everything that applying one slot brought about: answers for clients, places in the timeline, and
 * the changes that storage has to write. Immutable; equal on all replicas.
 *
 * @param slot the slot that was applied
 * @param firstIndex the index of the first command that took effect; if none did, the index that
 *     the next one will get
 * @param count how many commands took effect: they have the indexes from {@code firstIndex} on, in
 *     the order of their entries
 * @param results one per entry of the batch, in order
 * @param ineffective positions in the batch, from 0 and ascending, of the entries without an index
 * @param authors for each command with an index, in order: the author's id if it is a post, else -1
 * @param changes in the order in which they happened
 */
public record AppliedSlot(
    long slot,
    long firstIndex,
    int count,
    List<Result> results,
    List<Integer> ineffective,
    List<Integer> authors,
    List<Change> changes) {

  public AppliedSlot {
    results = List.copyOf(results);
    ineffective = List.copyOf(ineffective);
    authors = List.copyOf(authors);
    changes = List.copyOf(changes);
  }

  /** The applied index after this slot. */
  public long lastIndex() {
    return firstIndex + count - 1;
  }
}
