package parley.timelineservice.app;

import java.util.List;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.runtime.Disk;
import parley.timelineservice.storage.Journal;
import parley.timelineservice.timeline.AppliedSlot;

/** The journal as the replica's disk. */
record JournalDisk(Journal journal) implements Disk {

  @Override
  public void write(List<Write> writes, List<AppliedSlot> applied) {
    journal.write(writes, applied);
  }

  @Override
  public List<AcceptedBatch> committed(long fromSlot, int maxBytes) {
    return journal.committed(fromSlot, maxBytes);
  }
}
