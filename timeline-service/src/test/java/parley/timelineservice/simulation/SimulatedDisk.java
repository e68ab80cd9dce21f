package parley.timelineservice.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.DurableState;
import parley.timelineservice.paxos.Effect;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.StateModel;
import parley.timelineservice.timeline.Timeline;

/**
 * A disk that forgets at a crash what was not synced, and keeps the order of writes. As strict as
 * the journal that it stands for: what would take a promise or a mark back is refused.
 *
 * <p>Invariant of what is durable: {@code appliedSlot <= committedSlot <= contiguousSlot}.
 */
public final class SimulatedDisk {

  /** The effects of one applied slot, with its entries that took effect. */
  private record Effects(AppliedSlot applied, List<Entry> effective) {}

  private record Queued(Effect.Persist persist, Effects effects) {}

  private final ArrayDeque<Queued> queue = new ArrayDeque<>();
  private int queuedWrites;

  private final TreeMap<Long, AcceptedBatch> rows = new TreeMap<>();
  private final long incarnation;
  private boolean voter;
  private Map<Integer, Long> founders = Map.of();
  private Epoch promised = Epoch.NONE;
  private long committedSlot;
  private long contiguousSlot;

  private final StateModel tables = new StateModel();
  private final List<Entry> effective = new ArrayList<>();
  private long appliedSlot;
  private long posts;

  public SimulatedDisk(long incarnation) {
    this.incarnation = incarnation;
  }

  /** Queues a write of the core. */
  public void write(Effect.Persist persist) {
    queue.add(new Queued(persist, null));
    queuedWrites++;
  }

  /** Queues the effects of a slot for the next transaction behind the writes before it (R9). */
  void applied(AppliedSlot slot, List<Entry> tookEffect) {
    queue.add(new Queued(null, new Effects(slot, tookEffect)));
  }

  /** How many writes of the core are not durable yet. */
  public int queued() {
    return queuedWrites;
  }

  /** The oldest {@code count} writes that are not durable yet. */
  List<Write> oldest(int count) {
    List<Write> oldest = new ArrayList<>(count);
    for (Queued queued : queue) {
      if (oldest.size() == count) {
        break;
      }
      if (queued.persist() != null) {
        oldest.add(queued.persist().write());
      }
    }
    return oldest;
  }

  /**
   * Makes the oldest {@code count} writes durable, with the effects queued among and right behind
   * them; returns the sequence of the last of them.
   */
  public long sync(int count) {
    long sequence = 0;
    int left = count;
    while (!queue.isEmpty() && (left > 0 || queue.peek().persist() == null)) {
      Queued next = queue.poll();
      if (next.persist() == null) {
        store(next.effects());
      } else {
        left--;
        queuedWrites--;
        store(next.persist().write());
        sequence = next.persist().sequence();
      }
    }
    check(appliedSlot <= committedSlot, "applied <= committed", appliedSlot, committedSlot);
    check(committedSlot <= contiguousSlot, "committed <= stored", committedSlot, contiguousSlot);
    return sequence;
  }

  private void store(Write write) {
    if (write instanceof Write.Promised promise) {
      promise(promise.epoch());
    } else if (write instanceof Write.Accepted accepted) {
      put(new AcceptedBatch(accepted.slot(), accepted.epoch(), accepted.batch()));
      committedSlot = Math.max(committedSlot, accepted.committedSlot());
    } else if (write instanceof Write.Committed committed) {
      check(
          committed.committedSlot() >= committedSlot,
          "the committed slot never falls",
          committed,
          committedSlot);
      committedSlot = committed.committedSlot();
    } else if (write instanceof Write.Copied copied) {
      check(copied.slot() == committedSlot + 1, "copied in order", copied.slot(), committedSlot);
      put(new AcceptedBatch(copied.slot(), copied.epoch(), copied.batch()));
      committedSlot = copied.slot();
    } else if (write instanceof Write.Formed formed) {
      founders = formed.founders();
      voter = true;
    } else if (write instanceof Write.BecameVoter became) {
      founders = became.founders();
      promise(became.promised());
      voter = true;
    }
  }

  private void promise(Epoch epoch) {
    check(!promised.above(epoch), "the promise never falls", epoch, promised);
    promised = epoch;
  }

  private void put(AcceptedBatch row) {
    rows.put(row.slot(), row);
    promised = Epoch.max(promised, row.epoch());
    while (rows.containsKey(contiguousSlot + 1)) {
      contiguousSlot++;
    }
  }

  private void store(Effects effects) {
    AppliedSlot slot = effects.applied();
    check(slot.slot() == appliedSlot + 1, "applied in order", slot.slot(), appliedSlot);
    appliedSlot = slot.slot();
    tables.write(slot.changes());
    effective.addAll(effects.effective());
    posts += slot.authors().stream().filter(author -> author >= 0).count();
  }

  private static void check(boolean holds, String what, Object left, Object right) {
    Violation.unless(holds, "disk", "%s does not hold: %s, %s", what, left, right);
  }

  /** Forgets what is not durable. */
  public void crash() {
    queue.clear();
    queuedWrites = 0;
  }

  public boolean voter() {
    return voter;
  }

  public long incarnation() {
    return incarnation;
  }

  public Epoch promised() {
    return promised;
  }

  long committedSlot() {
    return committedSlot;
  }

  /** Every slot from 1 to this one holds something. */
  long contiguousSlot() {
    return contiguousSlot;
  }

  /** The highest slot that holds anything. */
  long highestSlot() {
    return rows.isEmpty() ? 0 : rows.lastKey();
  }

  /** What a restarted replica finds, to be applied anew from the first slot. */
  public DurableState read() {
    return new DurableState(
        incarnation, voter, founders, promised, committedSlot, 0, new ArrayList<>(rows.values()));
  }

  /** What a restarted replica finds behind the slots whose effects are stored. */
  DurableState readTail() {
    return new DurableState(
        incarnation,
        voter,
        founders,
        promised,
        committedSlot,
        appliedSlot,
        new ArrayList<>(rows.tailMap(appliedSlot, false).values()));
  }

  /** The timeline as of the slots whose effects are stored. */
  Timeline timeline() {
    return new Timeline(appliedSlot, effective.size(), posts, tables.state());
  }

  /** The entries that took effect, as far as stored: the one at position i has index i + 1. */
  List<Entry> effective() {
    return effective;
  }

  /** What a slot holds; null if nothing. */
  AcceptedBatch row(long slot) {
    return rows.get(slot);
  }

  /** Stored rows from a slot on, up to another, for catch-up. */
  public List<AcceptedBatch> rows(long fromSlot, long toSlot, int most) {
    List<AcceptedBatch> found = new ArrayList<>();
    for (AcceptedBatch row : rows.tailMap(fromSlot, true).values()) {
      if (row.slot() > toSlot || found.size() == most) {
        break;
      }
      found.add(row);
    }
    return found;
  }
}
