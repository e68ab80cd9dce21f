package parley.timelineservice.runtime;

import parley.timelineservice.paxos.Batch;
import parley.timelineservice.timeline.AppliedSlot;

/**
 * Takes each applied slot for readers, in order; called by the loop, which it must not block for
 * long.
 */
@FunctionalInterface
public interface AppliedSink {

  /** The slot is durable and has been applied; its batch is as it stands in the log. */
  void applied(AppliedSlot slot, Batch batch);
}
