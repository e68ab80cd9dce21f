package parley.timelineservice.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import parley.timelineservice.paxos.PaxosConfig;
import parley.timelineservice.simulation.SimulatedCommands.Command;

/**
 * A whole cluster from one seed: the real cores under lost, doubled, delayed and reordered
 * messages, cut links, crashes at any point, disks replaced, several would-be primaries at once.
 * First safety under all of it, then everything heals and progress is demanded.
 */
final class Simulation {

  private static final int CLIENTS = 2;
  private static final int HEAL_ROUNDS = 3_000;

  private final SplittableRandom random;
  private final int hosts;
  private final SimulatedNetwork network = new SimulatedNetwork();
  private final Invariants invariants = new Invariants();
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final boolean[] latches;
  private final long[] submitted = new long[CLIENTS + 1];
  private final long[] answered = new long[CLIENTS + 1];
  private final ArrayDeque<String> trace = new ArrayDeque<>();
  private final int crashWeight;
  private final int cutWeight;
  private final int wipeWeight;
  private final int latchWeight;
  private final int lossPercent;
  private final boolean inOrder;
  private long steps;
  private long wiped;

  Simulation(long seed, int hosts) {
    random = new SplittableRandom(seed);
    this.hosts = hosts;
    latches = new boolean[hosts + 1];
    crashWeight = random.nextInt(12);
    cutWeight = random.nextInt(12);
    wipeWeight = random.nextInt(4);
    latchWeight = 1 + random.nextInt(15);
    lossPercent = random.nextInt(3) * random.nextInt(15);
    inOrder = random.nextBoolean();
    TreeSet<Integer> all = new TreeSet<>();
    for (int host = 1; host <= hosts; host++) {
      all.add(host);
    }
    for (int host : all) {
      PaxosConfig config = new PaxosConfig(host, all, 3, 4, 2, 6, 12, 12, random.nextLong());
      nodes.add(
          new SimulatedNode(
              config, newDisk(), network, invariants, (node, command) -> onAnswer(command)));
    }
  }

  private SimulatedDisk newDisk() {
    return new SimulatedDisk(random.nextLong() | 1);
  }

  private void onAnswer(Command command) {
    invariants.onAnswered(command);
    answered[command.client()] = Math.max(answered[command.client()], command.number());
  }

  long steps() {
    return steps;
  }

  long chosenSlots() {
    return invariants.chosenSlots();
  }

  long wiped() {
    return wiped;
  }

  /** Runs to the end; throws with the last steps on a violation. */
  void run(int faultySteps) {
    try {
      for (int i = 0; i < faultySteps; i++) {
        step();
      }
      healAndDemandProgress();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(e + "\n" + String.join("\n", trace) + "\n" + nodes, e);
    }
  }

  private void note(String what) {
    if (trace.size() == 60) {
      trace.poll();
    }
    trace.add(steps + " " + what);
  }

  private void step() {
    steps++;
    SimulatedNode node = nodes.get(random.nextInt(hosts));
    int dice = random.nextInt(1_000);
    if (dice < crashWeight) {
      crashOrStart(node);
    } else if (dice < 12 + cutWeight) {
      int other = 1 + random.nextInt(hosts);
      network.cut(node.host(), other, random.nextInt(3) == 0);
    } else if (dice < 24 + wipeWeight) {
      maybeWipe(node);
    } else if (dice < 28 + latchWeight) {
      changeLatch(node);
    } else if (!node.running()) {
      if (random.nextInt(20) == 0) {
        crashOrStart(node);
      }
    } else if (dice < 100) {
      node.tick();
      leaveLatchIfAsked(node);
    } else if (dice < 330) {
      if (node.disk().queued() > 0) {
        node.sync(1 + random.nextInt(node.disk().queued()));
      }
    } else if (dice < 430) {
      submit(anyPrimary(node));
    } else if (dice < 460) {
      anyPrimary(node).read();
    } else if (network.underWay() > 0) {
      deliver();
    }
    if (steps % 64 == 0) {
      nodes.stream().filter(SimulatedNode::running).forEach(invariants::checkState);
    }
  }

  /** Mostly a node that leads, if there is one: others take nothing. */
  private SimulatedNode anyPrimary(SimulatedNode otherwise) {
    int from = random.nextInt(hosts);
    for (int i = 0; i < hosts; i++) {
      SimulatedNode node = nodes.get((from + i) % hosts);
      if (node.running() && node.core().canPropose()) {
        return node;
      }
    }
    return otherwise;
  }

  private void deliver() {
    if (random.nextInt(40) == 0) {
      network.doubleAny(random);
    }
    SimulatedNetwork.Packet packet = network.takeAny(random, inOrder);
    SimulatedNode to = nodes.get(packet.to() - 1);
    if (!to.running() || random.nextInt(100) < lossPercent) {
      return;
    }
    note(packet.envelope().from() + " -> " + packet.to() + " " + packet.envelope().message());
    to.receive(packet.envelope());
  }

  private void crashOrStart(SimulatedNode node) {
    note((node.running() ? "crash " : "start ") + node.host());
    if (node.running()) {
      node.crash();
    } else {
      node.start();
      node.latch(latches[node.host()]);
    }
  }

  /** A disk may be lost while every other replica is a voter with its disk. */
  private void maybeWipe(SimulatedNode node) {
    boolean othersVote =
        nodes.stream().filter(other -> other != node).allMatch(other -> other.disk().voter());
    if (othersVote && node.disk().voter()) {
      note("wipe " + node.host());
      wiped++;
      node.replaceDisk(newDisk());
    }
  }

  private void changeLatch(SimulatedNode node) {
    latches[node.host()] = random.nextBoolean();
    if (node.running()) {
      note("latch " + node.host() + " " + latches[node.host()]);
      node.latch(latches[node.host()]);
    }
  }

  private void leaveLatchIfAsked(SimulatedNode node) {
    if (latches[node.host()] && !node.core().wantsLatch()) {
      latches[node.host()] = false;
      node.latch(false);
    }
  }

  private void submit(SimulatedNode node) {
    int client = 1 + random.nextInt(CLIENTS);
    long from = answered[client] + 1;
    if (submitted[client] < from + 8) {
      submitted[client] += random.nextInt(3);
    }
    // A client may also run ahead: what it sent before may be lost, then this is void (R12).
    long first = Math.min(from + random.nextInt(3), submitted[client]);
    if (first >= from && first <= submitted[client]) {
      node.submit(client, first, Math.min(submitted[client], first + random.nextInt(3)));
    }
  }

  private void healAndDemandProgress() {
    network.heal();
    nodes.stream().filter(node -> !node.running()).forEach(this::crashOrStart);
    long[] target = new long[CLIENTS + 1];
    for (int client = 1; client <= CLIENTS; client++) {
      submitted[client] += 3;
      target[client] = submitted[client];
    }
    long[] turns = new long[hosts + 1];
    int holder = 0;
    for (int round = 0; round < HEAL_ROUNDS; round++) {
      holder = passLatchOn(holder, turns);
      for (SimulatedNode node : nodes) {
        node.tick();
        while (node.disk().queued() > 0) {
          node.sync(node.disk().queued());
        }
        for (int client = 1; client <= CLIENTS; client++) {
          if (answered[client] < target[client]) {
            node.submit(client, answered[client] + 1, target[client]);
          }
        }
      }
      while (network.underWay() > 0) {
        steps++;
        deliverReliably();
      }
      if (done(target)) {
        nodes.forEach(invariants::checkState);
        return;
      }
    }
    throw new AssertionError("no progress after everything healed");
  }

  private void deliverReliably() {
    SimulatedNetwork.Packet packet = network.takeAny(random, true);
    note(packet.envelope().from() + " -> " + packet.to() + " " + packet.envelope().message());
    SimulatedNode to = nodes.get(packet.to() - 1);
    to.receive(packet.envelope());
    if (to.disk().queued() > 0 && random.nextInt(3) > 0) {
      to.sync(to.disk().queued());
    }
  }

  /** A fair latch: whoever wants it gets it in turn, and keeps it until it leaves. */
  private int passLatchOn(int holder, long[] turns) {
    for (SimulatedNode node : nodes) {
      boolean left = node.core().latchTurns() != turns[node.host()];
      turns[node.host()] = node.core().latchTurns();
      if (node.host() == holder && (left || !node.core().wantsLatch())) {
        latch(node, false);
        holder = 0;
        if (left) {
          return nextAfter(node.host());
        }
      } else if (node.host() != holder && latches[node.host()]) {
        latch(node, false);
      }
    }
    return holder == 0 ? nextAfter(random.nextInt(hosts)) : holder;
  }

  private int nextAfter(int host) {
    for (int i = 1; i <= hosts; i++) {
      SimulatedNode next = nodes.get((host - 1 + i + hosts) % hosts);
      if (next.core().wantsLatch()) {
        latch(next, true);
        return next.host();
      }
    }
    return 0;
  }

  private void latch(SimulatedNode node, boolean held) {
    latches[node.host()] = held;
    node.latch(held);
  }

  private boolean done(long[] target) {
    for (int client = 1; client <= CLIENTS; client++) {
      if (answered[client] < target[client]) {
        return false;
      }
    }
    long applied = invariants.chosenSlots();
    return nodes.stream()
        .allMatch(node -> node.core().appliedSlot() == applied && node.core().wantsLatch());
  }
}
