package parley.timelineservice.sql;

import java.util.ArrayList;
import java.util.List;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.storage.Journal;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Timeline;

/** Applies committed slots to a copy of a replica's data, as the replica itself does (R9). */
final class Replay {

  private final Journal journal;
  private final Timeline timeline;
  private List<AppliedSlot> effects = new ArrayList<>();

  Replay(Journal journal) {
    this.journal = journal;
    timeline = journal.timeline();
  }

  /** Applies what the copied file holds as committed but had not written the effects of yet. */
  void storedSlots() {
    long committedSlot = journal.durableState().committedSlot();
    for (AcceptedBatch row : journal.durableState().tail()) {
      if (row.slot() <= committedSlot) {
        apply(row);
      }
    }
  }

  /** Stores further committed slots, then applies them. */
  void copiedSlots(List<AcceptedBatch> slots) {
    List<Write> writes = new ArrayList<>();
    slots.forEach(slot -> writes.add(new Write.Copied(slot.slot(), slot.epoch(), slot.batch())));
    write(writes);
    slots.forEach(this::apply);
  }

  /** Writes the last effects. */
  void finish() {
    write(List.of());
  }

  private void write(List<Write> writes) {
    journal.write(writes, effects);
    effects = new ArrayList<>();
  }

  private void apply(AcceptedBatch row) {
    AppliedSlot applied = timeline.apply(row.slot(), EntryCodec.decode(row.batch().bytes()));
    journal.reads().applied(applied, row.batch());
    effects.add(applied);
  }
}
