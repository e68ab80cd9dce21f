package parley.timelineservice.storage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.Timeline;

/**
 * Drives a journal the way the running replica does: a batch is durable first, then committed and
 * applied, and its effects go out with the next write.
 */
final class TestReplica implements AutoCloseable {

  static final Epoch EPOCH = new Epoch(1, 1, 11);

  final Journal journal;
  final Timeline timeline;
  final StoredTimeline reads;
  private final List<AppliedSlot> effects = new ArrayList<>();
  private long lastSlot;

  TestReplica(Path folder, int postsPerSegment) {
    journal = Journal.open(new DatabaseFile(folder), () -> 11, postsPerSegment);
    timeline = journal.timeline();
    reads = journal.reads();
    lastSlot = journal.durableState().committedSlot();
    for (AcceptedBatch row : journal.durableState().tail()) {
      if (row.slot() <= lastSlot) {
        apply(row.slot(), row.batch());
      }
    }
  }

  static Batch batch(List<Entry> entries) {
    return new Batch(entries.size(), EntryCodec.encode(entries));
  }

  /** Commits and applies a batch; its effects stay in memory until the next write. */
  AppliedSlot commit(List<Entry> entries) {
    long slot = ++lastSlot;
    Batch batch = batch(entries);
    write(new Write.Accepted(slot, EPOCH, batch, slot - 1), new Write.Committed(slot));
    return apply(slot, batch);
  }

  /** Writes with all effects that are not written yet. */
  void write(Write... writes) {
    journal.write(List.of(writes), List.copyOf(effects));
    effects.clear();
  }

  private AppliedSlot apply(long slot, Batch batch) {
    AppliedSlot applied = timeline.apply(slot, EntryCodec.decode(batch.bytes()));
    reads.applied(applied, batch);
    effects.add(applied);
    return applied;
  }

  /** Ends without writing the last effects, as a crash does. */
  @Override
  public void close() {
    journal.close();
  }
}
