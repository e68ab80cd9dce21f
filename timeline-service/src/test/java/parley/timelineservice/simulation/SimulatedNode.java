package parley.timelineservice.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Effect;
import parley.timelineservice.paxos.Envelope;
import parley.timelineservice.paxos.Message;
import parley.timelineservice.paxos.PaxosConfig;
import parley.timelineservice.paxos.PaxosReplica;
import parley.timelineservice.simulation.SimulatedCommands.Command;

/** One host: the real core on a simulated disk, and the little that its driver does. */
final class SimulatedNode {

  private static final int CHUNK_SLOTS = 3;

  private final int host;
  private final PaxosConfig config;
  private final SimulatedNetwork network;
  private final Invariants invariants;

  /** Told of each command that the node answers as done. */
  private final BiConsumer<SimulatedNode, Command> answers;

  private SimulatedDisk disk;
  private PaxosReplica core;
  private SimulatedCommands machine;

  /** Next number expected from each client at the primary's intake. */
  private final Map<Integer, Long> expected = new TreeMap<>();

  private final TreeMap<Long, List<Long>> readsByRound = new TreeMap<>();
  private boolean wasServing;

  SimulatedNode(
      PaxosConfig config,
      SimulatedDisk disk,
      SimulatedNetwork network,
      Invariants invariants,
      BiConsumer<SimulatedNode, Command> answers) {
    this.host = config.self();
    this.config = config;
    this.disk = disk;
    this.network = network;
    this.invariants = invariants;
    this.answers = answers;
    start();
  }

  int host() {
    return host;
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

  SimulatedCommands machine() {
    return machine;
  }

  void start() {
    machine = new SimulatedCommands();
    core = new PaxosReplica(config, disk.read());
    invariants.onStart(this);
    carryOut();
  }

  void crash() {
    disk.crash();
    core = null;
    readsByRound.clear();
    wasServing = false;
  }

  void replaceDisk(SimulatedDisk empty) {
    crash();
    disk = empty;
  }

  void tick() {
    core.tick();
    carryOut();
  }

  void receive(Envelope envelope) {
    core.step(envelope);
    carryOut();
  }

  void latch(boolean held) {
    core.onLatch(held, 0);
    carryOut();
  }

  void sync(int count) {
    long sequence = disk.sync(count);
    core.onDurable(sequence);
    carryOut();
  }

  /** Takes what is next for its client, up to {@code most} commands; drops the rest (R12). */
  void submit(int client, long fromNumber, long toNumber) {
    if (!core.canPropose()) {
      return;
    }
    long next = expected.getOrDefault(client, machine.lastNumber(client) + 1);
    if (fromNumber > next || toNumber < next) {
      return;
    }
    List<Command> commands = new ArrayList<>();
    for (long number = fromNumber; number <= toNumber; number++) {
      commands.add(new Command(client, number));
    }
    expected.put(client, toNumber + 1);
    propose(SimulatedCommands.batch(commands));
  }

  void propose(Batch batch) {
    core.propose(batch);
    carryOut();
  }

  void read() {
    if (core.isOpen()) {
      long floor = invariants.highestAnsweredSlot();
      readsByRound.computeIfAbsent(core.confirmRead(), round -> new ArrayList<>()).add(floor);
      carryOut();
    }
  }

  private void carryOut() {
    List<Effect> effects = core.drain();
    while (!effects.isEmpty()) {
      for (Effect effect : effects) {
        carryOut(effect);
      }
      effects = core.drain();
    }
    if (wasServing && !core.isServing()) {
      readsByRound.clear();
    }
    if (!wasServing) {
      expected.clear();
    }
    wasServing = core.isServing();
    invariants.afterStep(this);
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.Send send) {
      invariants.onSend(this, send.message());
      network.send(send.to(), new Envelope(host, disk.incarnation(), send.message()));
    } else if (effect instanceof Effect.Persist persist) {
      disk.write(persist);
    } else if (effect instanceof Effect.Apply apply) {
      invariants.onApply(this, apply.slot());
      List<Command> done = machine.apply(apply.slot().batch());
      if (core.isPrimary()) {
        invariants.onAnswered(apply.slot().slot());
        done.forEach(command -> answers.accept(this, command));
      }
    } else if (effect instanceof Effect.SendCommitted request) {
      network.send(
          request.to(),
          new Envelope(
              host,
              disk.incarnation(),
              new Message.Chunk(
                  disk.rows(request.fromSlot(), core.appliedSlot(), CHUNK_SLOTS),
                  core.appliedSlot())));
    } else if (effect instanceof Effect.ReadsConfirmed confirmed) {
      var served = readsByRound.headMap(confirmed.round(), true);
      served.values().forEach(floors -> invariants.onReads(this, floors, confirmed.slot()));
      new TreeSet<>(served.keySet()).forEach(readsByRound::remove);
    }
  }

  @Override
  public String toString() {
    return "host "
        + host
        + (core == null
            ? " down"
            : " %s epoch %s promised %s committed %d applied %d"
                .formatted(
                    core.roleName(),
                    core.epoch(),
                    core.promised(),
                    core.committedSlot(),
                    core.appliedSlot()));
  }
}
