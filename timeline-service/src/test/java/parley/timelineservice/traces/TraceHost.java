package parley.timelineservice.traces;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Effect;
import parley.timelineservice.paxos.Envelope;
import parley.timelineservice.paxos.Message;
import parley.timelineservice.paxos.PaxosConfig;
import parley.timelineservice.paxos.PaxosReplica;
import parley.timelineservice.simulation.SimulatedDisk;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.Result;
import parley.timelineservice.timeline.Timeline;

/**
 * One host of a trace: the real core and timeline on a simulated disk, with the little that their
 * driver does. A fast disk syncs after each input, a slow one when it is told to.
 */
final class TraceHost {

  private static final int CHUNK_SLOTS = 4;

  private final PaxosConfig config;
  private final String name;
  private final Stage stage;

  private int disks;
  private SimulatedDisk disk;
  private boolean slow;
  private final List<Effect.Persist> unsynced = new ArrayList<>();

  private PaxosReplica core;
  private Timeline timeline;
  private final List<String> effects = new ArrayList<>();
  private final Map<Long, Long> nextAtIntake = new HashMap<>();
  private final TreeMap<Long, List<String>> readsByRound = new TreeMap<>();
  private String told = "";

  TraceHost(PaxosConfig config, Stage stage) {
    this.config = config;
    this.stage = stage;
    name = Notation.host(config.self());
    newDisk();
  }

  private void newDisk() {
    disk = new SimulatedDisk(Notation.incarnation(config.self(), disks++));
  }

  String name() {
    return name;
  }

  boolean running() {
    return core != null;
  }

  PaxosReplica core() {
    if (core == null) {
      throw new IllegalArgumentException(name + " is down");
    }
    return core;
  }

  Timeline timeline() {
    return timeline;
  }

  /** The commands that took effect here, in the order of their indexes. */
  List<String> effects() {
    return effects;
  }

  // ------------------------------------------------------------------ what happens to it

  void start() {
    timeline = new Timeline();
    effects.clear();
    told = "";
    core = new PaxosReplica(config, disk.read());
    carryOut();
  }

  void crash() {
    disk.crash();
    if (!unsynced.isEmpty()) {
      stage.event(name + " loses " + writes(unsynced));
    }
    unsynced.clear();
    readsByRound.clear();
    nextAtIntake.clear();
    core = null;
  }

  void wipe() {
    crash();
    newDisk();
  }

  void slow(boolean slow) {
    this.slow = slow;
    carryOut();
  }

  void sync() {
    stage.event(name + " syncs " + writes(unsynced));
    syncAll();
    carryOut();
  }

  private void syncAll() {
    unsynced.clear();
    core.onDurable(disk.sync(disk.queued()));
  }

  private String writes(List<Effect.Persist> persists) {
    return persists.isEmpty()
        ? "nothing"
        : persists.stream()
            .map(persist -> stage.notation().write(persist.write()))
            .collect(Collectors.joining(", "));
  }

  void tick() {
    core.tick();
    carryOut();
  }

  void latch(boolean held) {
    core.onLatch(held, 0);
    carryOut();
  }

  void receive(Envelope envelope) {
    core.step(envelope);
    carryOut();
  }

  void propose(Batch batch) {
    if (!core().canPropose()) {
      stage.event(name + " cannot propose");
      return;
    }
    core.propose(batch);
    carryOut();
  }

  /** Drops what is not next for its client, as the primary's intake does (R12). */
  void submit(String client, long from, long to) {
    if (!core().canPropose()) {
      stage.event(name + " cannot propose");
      return;
    }
    long id = stage.notation().client(client);
    if (!timeline.knows(id)) {
      stage.event(name + " refuses " + client + ", which it does not know");
      return;
    }
    long next = nextAtIntake.getOrDefault(id, timeline.nextNumber(id));
    if (from != next) {
      stage.event(name + " drops it: next for " + client + " is " + next);
      return;
    }
    nextAtIntake.put(id, to + 1);
    propose(stage.notation().commands(client, from, to));
  }

  void read(String read) {
    if (!core().isOpen()) {
      stage.event(name + " takes no reads");
      return;
    }
    readsByRound.computeIfAbsent(core.confirmRead(), round -> new ArrayList<>()).add(read);
    carryOut();
  }

  // ------------------------------------------------------------------ effects

  private void carryOut() {
    if (core == null) {
      return;
    }
    tellRole();
    List<Effect> round = core.drain();
    while (!round.isEmpty() || !slow && !unsynced.isEmpty()) {
      round.forEach(this::carryOut);
      if (!slow && !unsynced.isEmpty()) {
        syncAll();
      }
      tellRole();
      round = core.drain();
    }
  }

  private void tellRole() {
    String now = core.roleName();
    if (core.isPrimary() || now.equals("candidate")) {
      now += " " + Notation.epoch(core.epoch());
    }
    if (!now.equals(told)) {
      nextAtIntake.clear();
      readsByRound.clear();
      stage.event(name + " is " + now);
      told = now;
    }
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.Send send) {
      stage.send(send.to(), envelope(send.message()));
    } else if (effect instanceof Effect.Persist persist) {
      disk.write(persist);
      unsynced.add(persist);
    } else if (effect instanceof Effect.Apply apply) {
      apply(apply.slot());
    } else if (effect instanceof Effect.SendCommitted request) {
      List<AcceptedBatch> rows = disk.rows(request.fromSlot(), core.appliedSlot(), CHUNK_SLOTS);
      stage.send(request.to(), envelope(new Message.Chunk(rows, core.appliedSlot())));
    } else if (effect instanceof Effect.ReadsConfirmed confirmed) {
      Map<Long, List<String>> served = readsByRound.headMap(confirmed.round(), true);
      served.values().forEach(reads -> reads.forEach(read -> confirm(read, confirmed.slot())));
      served.clear();
    } else if (effect instanceof Effect.Ignored ignored && stage.shows(ignored.envelope())) {
      stage.event(name + " ignores it: " + ignored.why());
    }
  }

  private Envelope envelope(Message message) {
    return new Envelope(config.self(), disk.incarnation(), message);
  }

  private void confirm(String read, long slot) {
    stage.event("%s confirms %s at slot %d".formatted(name, read, slot));
    stage.outcome().onRead(read, slot);
  }

  private void apply(AcceptedBatch row) {
    stage.outcome().onApply(name, row);
    List<Entry> entries = EntryCodec.decode(row.batch().bytes());
    AppliedSlot applied = timeline.apply(row.slot(), entries);
    List<String> results = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      String entry = stage.notation().entry(entries.get(i));
      Result result = applied.results().get(i);
      if (!applied.ineffective().contains(i)) {
        effects.add(entry);
      } else if (result instanceof Result.VoidEntry) {
        results.add(entry + " is void");
      } else if (result instanceof Result.Doubled) {
        results.add(entry + " is a double");
      }
    }
    String remark = results.isEmpty() ? "" : ": " + String.join(", ", results);
    stage.event(name + " applies " + stage.notation().row(row) + remark);
  }
}
