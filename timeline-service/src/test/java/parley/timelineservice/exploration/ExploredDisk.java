package parley.timelineservice.exploration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.DurableState;
import parley.timelineservice.paxos.Effect;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Write;

/** A replica's disk: what is durable, and what a crash would lose. */
final class ExploredDisk {

  private final long incarnation;
  private final ArrayDeque<Effect.Persist> queued = new ArrayDeque<>();
  private final TreeMap<Long, AcceptedBatch> rows = new TreeMap<>();
  private boolean voter;
  private Map<Integer, Long> founders;
  private Epoch promised = Epoch.NONE;
  private long committedSlot;

  /** An empty one, unless it is among the founders. */
  ExploredDisk(int host, long incarnation, Map<Integer, Long> founders) {
    this.incarnation = incarnation;
    voter = Long.valueOf(incarnation).equals(founders.get(host));
    this.founders = new TreeMap<>(founders);
  }

  void write(Effect.Persist persist) {
    queued.add(persist);
  }

  int queued() {
    return queued.size();
  }

  /** The oldest queued write becomes durable; returns it. */
  Effect.Persist sync() {
    Effect.Persist persist = queued.remove();
    store(persist.write());
    return persist;
  }

  private void store(Write write) {
    if (write instanceof Write.Promised promise) {
      promise(promise.epoch());
    } else if (write instanceof Write.Accepted accepted) {
      check(!promised.above(accepted.epoch()), "accepts %s below its promise", accepted);
      put(accepted.slot(), accepted.epoch(), accepted.batch());
      commit(accepted.committedSlot());
    } else if (write instanceof Write.Committed committed) {
      commit(committed.committedSlot());
    } else if (write instanceof Write.Copied copied) {
      put(copied.slot(), copied.epoch(), copied.batch());
      commit(copied.slot());
    } else if (write instanceof Write.Formed formed) {
      founders = new TreeMap<>(formed.founders());
      voter = true;
    } else if (write instanceof Write.BecameVoter became) {
      founders = new TreeMap<>(became.founders());
      promise(became.promised());
      voter = true;
    }
  }

  private void put(long slot, Epoch epoch, Batch batch) {
    rows.put(slot, new AcceptedBatch(slot, epoch, batch));
    promise(epoch);
  }

  private void promise(Epoch epoch) {
    promised = Epoch.max(promised, epoch);
  }

  private void commit(long slot) {
    committedSlot = Math.max(committedSlot, slot);
    for (long s = 1; s <= committedSlot; s++) {
      check(rows.containsKey(s), "stores committed slot %s without all batches", committedSlot);
    }
  }

  private static void check(boolean holds, String violation, Object what) {
    if (!holds) {
      throw new AssertionError(violation.formatted(what));
    }
  }

  void crash() {
    queued.clear();
  }

  long incarnation() {
    return incarnation;
  }

  boolean voter() {
    return voter;
  }

  Epoch promised() {
    return promised;
  }

  long committedSlot() {
    return committedSlot;
  }

  /** The durable batch in a slot, or null. */
  AcceptedBatch row(long slot) {
    return rows.get(slot);
  }

  /** What a replica finds at its start; it applies everything anew. */
  DurableState read() {
    return new DurableState(
        incarnation, voter, founders, promised, committedSlot, 0, List.copyOf(rows.values()));
  }

  /** Batches from a slot on up to another, for catch-up. */
  List<AcceptedBatch> rows(long fromSlot, long toSlot, int most) {
    List<AcceptedBatch> found = new ArrayList<>();
    for (AcceptedBatch row : rows.subMap(fromSlot, true, toSlot, true).values()) {
      if (found.size() < most) {
        found.add(row);
      }
    }
    return List.copyOf(found);
  }
}
