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

/** A disk that forgets at a crash what was not synced, and keeps the order of writes. */
public final class SimulatedDisk {

  private final ArrayDeque<Effect.Persist> queued = new ArrayDeque<>();
  private final TreeMap<Long, AcceptedBatch> rows = new TreeMap<>();
  private final long incarnation;
  private boolean voter;
  private Map<Integer, Long> founders = Map.of();
  private Epoch promised = Epoch.NONE;
  private long committedSlot;

  public SimulatedDisk(long incarnation) {
    this.incarnation = incarnation;
  }

  public void write(Effect.Persist persist) {
    queued.add(persist);
  }

  public int queued() {
    return queued.size();
  }

  /** Makes the oldest {@code count} writes durable; returns the sequence of the last of them. */
  public long sync(int count) {
    long sequence = 0;
    for (int i = 0; i < count; i++) {
      Effect.Persist persist = queued.poll();
      store(persist.write());
      sequence = persist.sequence();
    }
    return sequence;
  }

  private void store(Write write) {
    if (write instanceof Write.Promised promise) {
      promised = Epoch.max(promised, promise.epoch());
    } else if (write instanceof Write.Accepted accepted) {
      rows.put(
          accepted.slot(), new AcceptedBatch(accepted.slot(), accepted.epoch(), accepted.batch()));
      promised = Epoch.max(promised, accepted.epoch());
      committedSlot = Math.max(committedSlot, accepted.committedSlot());
    } else if (write instanceof Write.Committed committed) {
      committedSlot = Math.max(committedSlot, committed.committedSlot());
    } else if (write instanceof Write.Copied copied) {
      rows.put(copied.slot(), new AcceptedBatch(copied.slot(), copied.epoch(), copied.batch()));
      promised = Epoch.max(promised, copied.epoch());
      committedSlot = Math.max(committedSlot, copied.slot());
    } else if (write instanceof Write.Formed formed) {
      founders = formed.founders();
      voter = true;
    } else if (write instanceof Write.BecameVoter became) {
      founders = became.founders();
      promised = Epoch.max(promised, became.promised());
      voter = true;
    }
  }

  public void crash() {
    queued.clear();
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

  /**
   * What a restarted replica finds; everything is applied anew, as derived tables are not
   * simulated.
   */
  public DurableState read() {
    return new DurableState(
        incarnation, voter, founders, promised, committedSlot, 0, new ArrayList<>(rows.values()));
  }

  /** Stored rows from a slot on, up to another, for catch-up. */
  public List<AcceptedBatch> rows(long fromSlot, long toSlot, int most) {
    List<AcceptedBatch> found = new ArrayList<>();
    for (AcceptedBatch row : rows.subMap(fromSlot, true, toSlot, true).values()) {
      if (found.size() == most) {
        break;
      }
      found.add(row);
    }
    return found;
  }
}
