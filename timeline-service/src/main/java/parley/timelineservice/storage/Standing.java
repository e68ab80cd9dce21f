package parley.timelineservice.storage;

import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Write;

/**
 * What the replica has promised and knows as committed: the acceptor's part of the one row of table
 * {@code replica}. The promise and the committed slot never go back; a write that would take them
 * back comes from a broken core and stops the replica.
 */
record Standing(boolean voter, Epoch promised, long committedSlot) {

  static final Standing NEW = new Standing(false, Epoch.NONE, 0);

  /** The standing once this write is durable. */
  Standing after(Write write) {
    if (write instanceof Write.Promised w) {
      return promising(w.epoch());
    }
    if (write instanceof Write.Accepted w) {
      return new Standing(
          voter, Epoch.max(promised, w.epoch()), Math.max(committedSlot, w.committedSlot()));
    }
    if (write instanceof Write.Committed w) {
      return committing(w.committedSlot());
    }
    if (write instanceof Write.Copied w) {
      if (w.slot() != committedSlot + 1) {
        throw new IllegalStateException(
            "slot " + w.slot() + " copied behind the committed slot " + committedSlot);
      }
      return new Standing(voter, Epoch.max(promised, w.epoch()), w.slot());
    }
    if (write instanceof Write.Formed) {
      return new Standing(true, promised, committedSlot);
    }
    if (write instanceof Write.BecameVoter w) {
      return new Standing(true, promising(w.promised()).promised, committedSlot);
    }
    throw new IllegalStateException("unknown write: " + write);
  }

  private Standing promising(Epoch epoch) {
    if (promised.above(epoch)) {
      throw new IllegalStateException("promise of " + epoch + " after one of " + promised);
    }
    return new Standing(voter, epoch, committedSlot);
  }

  private Standing committing(long slot) {
    if (slot < committedSlot) {
      throw new IllegalStateException(
          "committed slot " + slot + " after the committed slot " + committedSlot);
    }
    return new Standing(voter, promised, slot);
  }
}
