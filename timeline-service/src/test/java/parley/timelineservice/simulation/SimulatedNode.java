package parley.timelineservice.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Effect;
import parley.timelineservice.paxos.Envelope;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Message;
import parley.timelineservice.paxos.PaxosConfig;
import parley.timelineservice.paxos.PaxosReplica;
import parley.timelineservice.primary.FromFrontend;
import parley.timelineservice.runtime.PrimaryDesk;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.Timeline;

/**
 * One host: the real core, timeline and primary's desk on a simulated disk, driven as the replica's
 * loop drives them. Dies at any moment, also half way through what the core wants done.
 */
final class SimulatedNode {

  static final int PIPELINE_DEPTH = 3;
  static final int CLOSE_SLOTS = 4;
  static final int SILENT_TICKS = 6;

  private static final int HEARTBEAT_TICKS = 2;
  private static final int QUORUM_LOST_TICKS = 12;
  private static final int RETRY_TICKS = 12;
  private static final int CHUNK_SLOTS = 3;
  private static final int BATCH_BYTES = 128;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final int host;
  private final PaxosConfig config;
  private final SimulatedNetwork network;
  private final Invariants invariants;

  private SimulatedDisk disk;
  private PaxosReplica core;
  private Timeline timeline;
  private List<Entry> effective;
  private PrimaryDesk desk;

  /** The epoch that the desk serves; its core may have lost it earlier in the same round. */
  private Epoch deskEpoch = Epoch.NONE;

  private final Set<SimulatedLine> lines = new LinkedHashSet<>();

  /** How many times it was started. */
  private int life;

  private long ticks;
  private boolean latchHeld;
  private long latchTurns;

  /** It dies when so many more effects are carried out; negative: it does not. */
  private int effectsLeft = -1;

  /** So many more inputs belong to the round under way: effects are carried out behind the last. */
  private int inputsLeft;

  /** The promise when the round under way began; null in a round of one input. */
  private Epoch promisedBefore;

  SimulatedNode(
      int host,
      Set<Integer> hosts,
      long seed,
      SimulatedDisk disk,
      SimulatedNetwork network,
      Invariants invariants) {
    this.host = host;
    this.disk = disk;
    this.network = network;
    this.invariants = invariants;
    config =
        new PaxosConfig(
            host,
            new TreeSet<>(hosts),
            PIPELINE_DEPTH,
            CLOSE_SLOTS,
            HEARTBEAT_TICKS,
            SILENT_TICKS,
            QUORUM_LOST_TICKS,
            RETRY_TICKS,
            seed);
  }

  int host() {
    return host;
  }

  /** "host 1 ticks", made a text only if it is needed. */
  Object named(String what) {
    return new Object() {
      @Override
      public String toString() {
        return "host " + host + " " + what;
      }
    };
  }

  boolean running() {
    return core != null;
  }

  PaxosReplica core() {
    return core;
  }

  SimulatedDisk disk() {
    return disk;
  }

  Timeline timeline() {
    return timeline;
  }

  /** The entries that took effect here: the one at position i has index i + 1. */
  List<Entry> effective() {
    return effective;
  }

  int life() {
    return life;
  }

  long ticks() {
    return ticks;
  }

  boolean latchHeld() {
    return latchHeld;
  }

  boolean serves() {
    return desk != null;
  }

  Epoch servedEpoch() {
    return deskEpoch;
  }

  // ------------------------------------------------------------------ what happens to it

  void start() {
    life++;
    timeline = disk.timeline();
    effective = new ArrayList<>(disk.effective());
    core = new PaxosReplica(config, disk.readTail());
    latchTurns = 0;
    effectsLeft = -1;
    invariants.onStart(this);
    settle();
  }

  /** The next inputs come in one round of the loop, as they do when it has much to do. */
  void beginRound(int inputs) {
    if (running() && !inRound()) {
      inputsLeft = inputs;
      promisedBefore = core.promised();
    }
  }

  /** At least what was promised when the core said what is being sent now. */
  Epoch promisedWhenSaid() {
    return promisedBefore == null ? core.promised() : promisedBefore;
  }

  boolean inRound() {
    return inputsLeft > 0;
  }

  /** Carries out what the inputs so far have left to do. */
  void endRound() {
    inputsLeft = 0;
    if (running()) {
      settle();
    }
  }

  private void endInput() {
    if (inputsLeft > 0) {
      inputsLeft--;
    }
    if (inputsLeft == 0) {
      settle();
    }
  }

  void crash() {
    disk.crash();
    inputsLeft = 0;
    promisedBefore = null;
    latchHeld = false;
    core = null;
    desk = null;
    lines.forEach(SimulatedLine::tear);
    lines.clear();
  }

  /** It will die while it carries out what the core wants done next. */
  void dieWithin(int effects) {
    effectsLeft = effects;
  }

  void replaceDisk(SimulatedDisk empty) {
    crash();
    disk = empty;
  }

  void tick() {
    ticks++;
    core.tick();
    if (desk != null) {
      desk.tick(nanos());
    }
    endRound();
    if (running()) {
      invariants.onTick(this);
    }
  }

  private long nanos() {
    return ticks * TICK_NANOS;
  }

  void receive(Envelope envelope) {
    invariants.onReceived(this, envelope.from(), envelope.message());
    core.step(envelope);
    endInput();
  }

  void linkDown(int other) {
    core.onLinkDown(other);
    endInput();
  }

  void latch(boolean held, long advertisedNumber) {
    latchHeld = held && running();
    if (running()) {
      boolean led = core.isPrimary();
      Epoch before = core.epoch();
      core.onLatch(held, advertisedNumber);
      invariants.onLatch(this, led, before);
      endInput();
    }
  }

  /** Leaves the latch when the core is to queue anew or not at all; returns whether it did (R3). */
  boolean leavesLatch() {
    boolean leave = core.latchTurns() != latchTurns || !core.wantsLatch();
    latchTurns = core.latchTurns();
    if (!leave || core.isPrimary() || !latchHeld) {
      return false;
    }
    latch(false, 0);
    return true;
  }

  void sync(int count) {
    disk.oldest(count).forEach(write -> invariants.onDurable(this, write));
    boolean voted = disk.voter();
    long sequence = disk.sync(count);
    if (disk.voter() && !voted) {
      invariants.onVoter(this);
    }
    core.onDurable(sequence);
    endInput();
  }

  // ------------------------------------------------------------------ frontends' lines

  SimulatedLine open() {
    SimulatedLine line = new SimulatedLine(this);
    if (desk == null) {
      line.close("not the primary");
    } else {
      lines.add(line);
      desk.opened(line);
    }
    return line;
  }

  void onLineMessage(SimulatedLine line, FromFrontend message) {
    if (desk != null) {
      if (message instanceof FromFrontend.ConfirmRead read) {
        invariants.onReadAsked(this, line, read.id());
      }
      desk.onMessage(line, message);
      endInput();
    }
  }

  void onReadAnswered(SimulatedLine line, long id) {
    invariants.onReadAnswered(this, line, id);
  }

  void onLineClosed(SimulatedLine line) {
    lines.remove(line);
    if (desk != null) {
      desk.closed(line);
    }
  }

  // ------------------------------------------------------------------ the driver

  private void settle() {
    boolean busy = true;
    while (busy) {
      List<Effect> effects = core.drain();
      for (Effect effect : effects) {
        if (effectsLeft >= 0 && effectsLeft-- == 0) {
          crash();
          return;
        }
        carryOut(effect);
      }
      openOrCloseDesk();
      busy = proposeWaiting() || !effects.isEmpty();
    }
    effectsLeft = -1;
    promisedBefore = null;
    invariants.afterStep(this);
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.Send send) {
      send(send.to(), send.message());
    } else if (effect instanceof Effect.Persist persist) {
      disk.write(persist);
    } else if (effect instanceof Effect.Apply apply) {
      apply(apply.slot());
    } else if (effect instanceof Effect.SendCommitted request) {
      long stored = disk.committedSlot();
      List<AcceptedBatch> slots = disk.rows(request.fromSlot(), stored, CHUNK_SLOTS);
      send(request.to(), new Message.Chunk(slots, core.appliedSlot()));
    } else if (effect instanceof Effect.ReadsConfirmed confirmed && desk != null) {
      invariants.onReadsConfirmed(this, confirmed.round());
      desk.onReadsConfirmed(confirmed.round(), confirmed.slot());
    }
  }

  private void send(int to, Message message) {
    invariants.onSend(this, message);
    network.send(to, new Envelope(host, disk.incarnation(), message));
  }

  private void apply(AcceptedBatch chosen) {
    invariants.onApply(this, chosen);
    List<Entry> entries = EntryCodec.decode(chosen.batch().bytes());
    AppliedSlot applied = timeline.apply(chosen.slot(), entries);
    invariants.onApplied(this, applied);
    List<Entry> tookEffect = new ArrayList<>(applied.count());
    for (int i = 0; i < entries.size(); i++) {
      if (!applied.ineffective().contains(i)) {
        tookEffect.add(entries.get(i));
      }
    }
    effective.addAll(tookEffect);
    disk.applied(applied, tookEffect);
    if (desk != null) {
      desk.onApplied(applied, entries);
    }
  }

  private void openOrCloseDesk() {
    if (core.isServing() && desk == null) {
      desk = new PrimaryDesk(core, timeline, Set.of(), BATCH_BYTES, nanos());
      deskEpoch = core.epoch();
    } else if (!core.isServing() && desk != null) {
      desk.close("no longer the primary");
      desk = null;
      lines.clear();
    }
  }

  private boolean proposeWaiting() {
    boolean proposed = false;
    while (desk != null && core.canPropose()) {
      var batch = desk.nextBatch(nanos());
      if (batch.isEmpty()) {
        break;
      }
      core.propose(batch.get());
      proposed = true;
    }
    return proposed;
  }

  /** A hash of what tells this host's states apart, with all its bits mixed. */
  long fingerprint() {
    long hash = host * 31L + disk.queued();
    hash = mix(hash, disk.promised().number() << 8 | disk.promised().host());
    hash = mix(hash, disk.committedSlot() << 20 ^ disk.highestSlot());
    if (core != null) {
      hash = mix(hash, core.epoch().number() << 8 | core.epoch().host());
      hash = mix(hash, core.promised().number() << 8 | core.promised().host());
      hash = mix(hash, core.committedSlot() << 40 ^ core.appliedSlot() << 20 ^ core.underWay());
      hash = mix(hash, core.roleName().length() << 1 | (latchHeld ? 1 : 0));
      hash = mix(hash, timeline.stateHash());
    }
    return hash;
  }

  /** The finalizer of SplittableRandom's generator spreads each bit over all others. */
  private static long mix(long hash, long value) {
    long z = (hash ^ value) + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  @Override
  public String toString() {
    return core == null
        ? "host " + host + " (down)"
        : "host %d (%s %s, promised %s, committed %d, applied %d%s)"
            .formatted(
                host,
                core.roleName(),
                core.epoch(),
                core.promised(),
                core.committedSlot(),
                core.appliedSlot(),
                latchHeld ? ", latch" : "");
  }
}
