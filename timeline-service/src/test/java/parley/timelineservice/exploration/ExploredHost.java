package parley.timelineservice.exploration;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Effect;
import parley.timelineservice.paxos.Envelope;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Message;
import parley.timelineservice.paxos.PaxosConfig;
import parley.timelineservice.paxos.PaxosReplica;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.traces.Notation;

/**
 * One replica at one moment: the real core with its disk, what is left of its bounds, and what the
 * checks remember of it. Copied before it is stepped.
 */
final class ExploredHost {

  /** A message on its way. */
  record Packet(int to, Envelope envelope) {}

  private final PaxosConfig config;
  private final int readsAtMost;
  private final boolean ticking;
  private final boolean forgetting;
  private PaxosReplica core;
  private ExploredDisk disk;
  private int disks = 1;
  private int electionsLeft;
  private int ticksLeft;
  private Epoch lastStood = Epoch.NONE;

  /** Everything that ever became durable as accepted here, also on lost disks. */
  private final TreeMap<Long, TreeMap<Epoch, Batch>> votes = new TreeMap<>();

  /** What was applied since the last start, from slot 1 on. */
  private final ArrayList<Batch> applied = new ArrayList<>();

  /** Everything to here was applied as primary: its clients were answered. */
  private long answeredSlot;

  /** The highest epoch that this host has told anybody it promised, on lost disks too. */
  private Epoch told = Epoch.NONE;

  /** What each read under way has to see, by the round that serves it. */
  private final TreeMap<Long, Long> readFloors = new TreeMap<>();

  ExploredHost(Scope scope, int host) {
    config = scope.config(host);
    readsAtMost = scope.reads();
    ticking = scope.ticking();
    forgetting = scope.crashes() + scope.diskLosses() > 0;
    electionsLeft = scope.elections().get(host - 1) + (scope.led() && host == 1 ? 1 : 0);
    ticksLeft = scope.ticks().get(host - 1);
    disk = new ExploredDisk(host, Notation.incarnation(host, 0), scope.founders());
    core = new PaxosReplica(config, disk.read());
  }

  // ------------------------------------------------------------------ steps

  /** Returns what is sent. */
  List<Packet> step(Input input) {
    List<Packet> sent = new ArrayList<>();
    if (!ticking) {
      LongTime.pass(core);
    }
    if (input instanceof Input.Deliver deliver) {
      core.step(deliver.envelope());
    } else if (input instanceof Input.Sync sync) {
      sync(sync.writes());
    } else if (input instanceof Input.Elect elect) {
      elect(elect.keepsLatch());
    } else if (input instanceof Input.Propose propose) {
      core.propose(Commands.batch(propose.command()));
    } else if (input instanceof Input.Read read) {
      readFloors.merge(core.confirmRead(), read.answeredSlot(), Math::max);
    } else if (input instanceof Input.Tick) {
      ticksLeft--;
      core.tick();
    } else if (input instanceof Input.Crash) {
      start();
    } else if (input instanceof Input.LoseDisk) {
      disk =
          new ExploredDisk(config.self(), Notation.incarnation(config.self(), disks++), Map.of());
      start();
    }
    carryOut(sent);
    countElections();
    checkCore();
    return sent;
  }

  private void sync(int writes) {
    long sequence = 0;
    for (int i = 0; i < writes; i++) {
      Effect.Persist persist = disk.sync();
      sequence = persist.sequence();
      if (persist.write() instanceof Write.Accepted accepted) {
        votes
            .computeIfAbsent(accepted.slot(), slot -> new TreeMap<>())
            .put(accepted.epoch(), accepted.batch());
      }
    }
    core.onDurable(sequence);
  }

  private void elect(boolean keepsLatch) {
    core.onLatch(true, 0);
    core.onLinkDown(core.primaryHost());
    if (core.roleName().equals("standby")) {
      core.tick();
    }
    if (!keepsLatch) {
      core.onLatch(false, 0);
    }
  }

  private void start() {
    disk.crash();
    readFloors.clear();
    applied.clear();
    core = new PaxosReplica(config, disk.read());
  }

  /** Who has stood as often as it may loses the latch, so that a refusal ends its leadership. */
  private void countElections() {
    if (core.roleName().equals("candidate") && !core.epoch().equals(lastStood)) {
      lastStood = core.epoch();
      electionsLeft--;
    }
    if (electionsLeft == 0) {
      core.onLatch(false, 0);
    }
  }

  private void carryOut(List<Packet> sent) {
    for (Effect effect : core.drain()) {
      if (effect instanceof Effect.Send send) {
        Honesty.check(send.message(), core, disk);
        if (forgetting) {
          keepPromise(send.message());
        }
        send(sent, send.to(), send.message());
      } else if (effect instanceof Effect.Persist persist) {
        disk.write(persist);
      } else if (effect instanceof Effect.Apply apply) {
        apply(apply.slot());
      } else if (effect instanceof Effect.SendCommitted request) {
        List<AcceptedBatch> rows =
            disk.rows(request.fromSlot(), core.appliedSlot(), Scope.CHUNK_SLOTS);
        send(sent, request.to(), new Message.Chunk(rows, core.appliedSlot()));
      } else if (effect instanceof Effect.ReadsConfirmed confirmed) {
        confirm(confirmed);
      }
    }
    if (!core.isPrimary()) {
      readFloors.clear();
    }
  }

  /** Neither a crash nor a lost disk makes it vote below an epoch that it has promised. */
  private void keepPromise(Message message) {
    Epoch votedIn = Epoch.NONE;
    if (message instanceof Message.Promise promise) {
      votedIn = promise.epoch();
      told = Epoch.max(told, votedIn);
    } else if (message instanceof Message.Ack ack) {
      votedIn = ack.epoch();
    }
    if (!votedIn.equals(Epoch.NONE) && told.above(votedIn)) {
      throw new AssertionError("votes below " + told + ", which it has promised: " + message);
    }
  }

  private void apply(AcceptedBatch row) {
    applied.add(row.batch());
    if (applied.size() != row.slot()) {
      throw new AssertionError("applied slot " + row.slot() + " after " + (applied.size() - 1));
    }
    if (readsAtMost > 0 && core.isPrimary()) {
      answeredSlot = Math.max(answeredSlot, row.slot());
    }
  }

  private void send(List<Packet> sent, int to, Message message) {
    sent.add(new Packet(to, new Envelope(config.self(), disk.incarnation(), message)));
  }

  private void confirm(Effect.ReadsConfirmed confirmed) {
    Iterator<Long> floors = readFloors.headMap(confirmed.round(), true).values().iterator();
    while (floors.hasNext()) {
      long floor = floors.next();
      if (confirmed.slot() < floor) {
        throw new AssertionError(
            "a read sees slot " + confirmed.slot() + ", answered before it: " + floor);
      }
      floors.remove();
    }
  }

  private void checkCore() {
    if (core.appliedSlot() > core.committedSlot()) {
      throw new AssertionError("applied " + core.appliedSlot() + " > " + core.committedSlot());
    }
  }

  // ------------------------------------------------------------------ what is possible

  int queued() {
    return disk.queued();
  }

  boolean mayStand() {
    return electionsLeft > 0 && core.roleName().equals("standby");
  }

  int electionsLeft() {
    return electionsLeft;
  }

  boolean mayTick() {
    return ticksLeft > 0;
  }

  boolean mayPropose() {
    return core.canPropose();
  }

  boolean mayRead() {
    return core.isOpen();
  }

  boolean hasVotersDisk() {
    return disk.voter();
  }

  long answeredSlot() {
    return answeredSlot;
  }

  TreeMap<Long, TreeMap<Epoch, Batch>> votes() {
    return votes;
  }

  List<Batch> applied() {
    return applied;
  }

  /** Whether a check of the cluster could come to another result after this than after that. */
  boolean isCheckedUnlike(ExploredHost other) {
    return answeredSlot != other.answeredSlot
        || disk.voter() != other.disk.voter()
        || !applied.equals(other.applied)
        || !votes.equals(other.votes);
  }

  /** What there is to see at this moment, so that an exploration can say what it has met. */
  Set<String> sights() {
    Set<String> sights = new TreeSet<>();
    if (core.isPrimary()) {
      sights.add("primary " + Notation.epoch(core.epoch()));
    }
    if (core.appliedSlot() > 0) {
      sights.add("slot " + core.appliedSlot() + " applied");
    }
    if (disks > 1 && disk.voter()) {
      sights.add("a lost disk's replica votes");
    }
    if (readFloors.containsValue(1L)) {
      sights.add("a read of slot 1");
    }
    return sights;
  }

  /** For people. */
  String describe() {
    return "%s %s promised %s committed %d applied %d"
        .formatted(
            core.roleName(),
            Notation.epoch(core.epoch()),
            Notation.epoch(core.promised()),
            core.committedSlot(),
            core.appliedSlot());
  }
}
