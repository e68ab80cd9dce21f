package parley.timelineservice.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.DurableState;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.RandomEntries;
import parley.timelineservice.timeline.Timeline;

/**
 * What a replica may write in the course of its life, always the same for a seed, and what must be
 * on its disk after each step: rising promises, batches, slots taken over by a higher epoch,
 * committed marks, copied slots, and effects of applied ones.
 */
final class JournalScript {

  static final long INCARNATION = 11;

  private static final Map<Integer, Long> FOUNDERS = Map.of(1, INCARNATION, 2, 22L, 3, 33L);

  /** What is given to one call of {@link Journal#write}. */
  record Step(List<Write> writes, List<AppliedSlot> applied, List<Batch> appliedBatches) {

    /** Does what a running replica does with it. */
    void writeTo(Journal journal) {
      for (int i = 0; i < applied.size(); i++) {
        journal.reads().applied(applied.get(i), appliedBatches.get(i));
      }
      journal.write(writes, applied);
    }
  }

  /** All that is to be found on the disk. */
  record Contents(
      Map<Integer, Long> founders,
      boolean voter,
      Epoch promised,
      long committedSlot,
      long appliedSlot,
      long stateHash,
      long appliedIndex,
      List<AcceptedBatch> log) {

    static Contents of(Journal journal) {
      DurableState state = journal.durableState();
      List<AcceptedBatch> log = new ArrayList<>(journal.committed(1, Integer.MAX_VALUE));
      state.tail().stream().filter(row -> row.slot() > state.committedSlot()).forEach(log::add);
      return new Contents(
          state.founders(),
          state.voter(),
          state.promised(),
          state.committedSlot(),
          state.appliedSlot(),
          journal.timeline().stateHash(),
          journal.reads().appliedIndex(),
          log);
    }
  }

  private final Random random;
  private final Timeline timeline = new Timeline();
  private final TreeMap<Long, AcceptedBatch> log = new TreeMap<>();
  private Map<Integer, Long> founders = Map.of();
  private Epoch promised = Epoch.NONE;
  private long committedSlot;
  private int steps;

  private JournalScript(long seed) {
    random = new Random(seed);
  }

  /** The script with this seed, after so many steps. */
  static JournalScript after(long seed, int steps) {
    JournalScript script = new JournalScript(seed);
    while (script.steps < steps) {
      script.next();
    }
    return script;
  }

  int steps() {
    return steps;
  }

  Contents contents() {
    return new Contents(
        founders,
        !founders.isEmpty(),
        promised,
        committedSlot,
        timeline.appliedSlot(),
        timeline.stateHash(),
        timeline.appliedIndex(),
        List.copyOf(log.values()));
  }

  Step next() {
    List<Write> writes = new ArrayList<>();
    if (steps == 0) {
      founders = FOUNDERS;
      writes.add(new Write.Formed(FOUNDERS));
    } else if (random.nextInt(8) == 0) {
      promised = new Epoch(promised.number() + 1 + random.nextInt(3), 1 + random.nextInt(3), 7);
      writes.add(new Write.Promised(promised));
    } else {
      int many = 1 + random.nextInt(3);
      for (int i = 0; i < many; i++) {
        writes.add(slotWrite());
      }
    }
    List<AppliedSlot> applied = new ArrayList<>();
    List<Batch> batches = new ArrayList<>();
    while (timeline.appliedSlot() < committedSlot && random.nextInt(3) > 0) {
      Batch batch = log.get(timeline.appliedSlot() + 1).batch();
      batches.add(batch);
      applied.add(timeline.apply(timeline.appliedSlot() + 1, EntryCodec.decode(batch.bytes())));
    }
    steps++;
    return new Step(writes, applied, batches);
  }

  private Write slotWrite() {
    long last = log.isEmpty() ? 0 : log.lastKey();
    if (last > committedSlot && random.nextInt(3) == 0) {
      committedSlot += 1 + random.nextInt((int) (last - committedSlot));
      return new Write.Committed(committedSlot);
    }
    if (last == committedSlot && random.nextInt(6) == 0) {
      AcceptedBatch copied = new AcceptedBatch(++committedSlot, promised, batch());
      log.put(copied.slot(), copied);
      return new Write.Copied(copied.slot(), copied.epoch(), copied.batch());
    }
    long slot = last + 1;
    if (last > committedSlot && (random.nextInt(4) == 0 || last - committedSlot > 6)) {
      slot = committedSlot + 1;
      promised = new Epoch(promised.number() + 1, 1 + random.nextInt(3), 7);
    }
    AcceptedBatch accepted = new AcceptedBatch(slot, promised, batch());
    log.put(slot, accepted);
    return new Write.Accepted(slot, promised, accepted.batch(), committedSlot);
  }

  /** Of a few entries, or of many blocks. */
  private Batch batch() {
    List<Entry> entries = new RandomEntries(random).batch(timeline);
    if (random.nextInt(3) == 0) {
      entries.add(new Entry(999_999, 1, new Command.Post("stranger", text(), 1, 2, true)));
    }
    return TestReplica.batch(entries);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(12_000);
    while (text.length() < length) {
      text.append(Long.toString(random.nextLong(), 36));
    }
    return text.toString();
  }
}
