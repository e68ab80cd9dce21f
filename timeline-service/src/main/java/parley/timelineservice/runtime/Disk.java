package parley.timelineservice.runtime;

import java.util.List;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.timeline.AppliedSlot;

/** The replica's durable memory, as the loop needs it. */
public interface Disk {

  /**
   * Makes the writes durable, in order, whole or not at all, together with the effects of slots
   * that were applied before (R6, R9). Called by one thread, the disk thread, which it blocks until
   * everything is synced.
   *
   * @throws RuntimeException if anything failed: the caller must acknowledge nothing more and halt
   */
  void write(List<Write> writes, List<AppliedSlot> applied);

  /**
   * Committed slots from this one on, without a gap, for another replica (R16). Any thread may
   * call; blocks on the disk.
   *
   * @param maxBytes soft bound: at least one slot is returned if there is one
   */
  List<AcceptedBatch> committed(long fromSlot, int maxBytes);
}
