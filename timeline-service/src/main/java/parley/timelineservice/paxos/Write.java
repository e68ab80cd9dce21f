package parley.timelineservice.paxos;

import java.util.Map;

/**
 * What the core wants made durable. Writes become durable in the order in which they were handed
 * out, each whole or not at all (R6).
 */
public sealed interface Write {

  /** The promise is now this epoch. */
  record Promised(Epoch epoch) implements Write {}

  /**
   * The slot now holds this batch of this epoch, in place of whatever it held; the promise is
   * raised to the epoch, and the committed slot to {@code committedSlot}, in the same transaction
   * (R6).
   */
  record Accepted(long slot, Epoch epoch, Batch batch, long committedSlot) implements Write {}

  /** The replica's own committed slot (R9). */
  record Committed(long committedSlot) implements Write {}

  /**
   * A committed slot copied from another replica (R16): the slot holds this batch of this epoch,
   * the committed slot is this one, and the promise is raised to the epoch. Without the raise, a
   * replica that copied what a higher epoch had chosen would still acknowledge a lower epoch's
   * other batch for that slot.
   */
  record Copied(long slot, Epoch epoch, Batch batch) implements Write {}

  /** The cluster was formed by these incarnations; this replica is a founding voter (R15). */
  record Formed(Map<Integer, Long> founders) implements Write {}

  /** A newcomer votes from now on; its promise is this epoch (R15). */
  record BecameVoter(Epoch promised, Map<Integer, Long> founders) implements Write {}
}
