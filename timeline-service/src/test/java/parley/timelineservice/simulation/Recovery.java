package parley.timelineservice.simulation;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import parley.timelineservice.simulation.SimulatedNetwork.Packet;

/**
 * Liveness: once faults stop, every pending command is answered within a bounded number of ticks
 * and a few epochs (R3, R5, R8), first while at most a minority is still down, cut off, or has lost
 * the link to one other; then everything heals, and all replicas apply everything.
 */
final class Recovery {

  private static final String NAME = "liveness";

  /** Several times what the slowest of many thousand runs took. */
  private static final int ROUNDS = 300;

  private static final int EPOCHS = 8;

  /** More than a primary or candidate waits before it gives up. */
  private static final int PEACEFUL_ROUNDS = 20;

  /** In a round, messages make so many hops at most; what takes longer takes several rounds. */
  private static final int WORDS_PER_ROUND = 40;

  private final Cluster cluster;
  private final SplittableRandom random;

  /** Hosts that are down or cut off from all others while the rest goes on. */
  private final Set<Integer> out = new TreeSet<>();

  private final long[] turns;
  private int holder;
  private long highestEpoch;
  private int epochs;

  Recovery(Cluster cluster) {
    this.cluster = cluster;
    random = cluster.random;
    turns = new long[cluster.hosts + 1];
  }

  void demand() {
    cluster.network.heal();
    cluster.step("faults stop");
    startAll();
    if (random.nextBoolean() && cluster.nodes.stream().allMatch(node -> node.disk().voter())) {
      leaveOut();
      cluster.frontends.forEach(SimulatedFrontend::take);
      demandAnswers();
      out.clear();
      cluster.network.heal();
      cluster.step("everything heals");
      startAll();
    }
    cluster.frontends.forEach(SimulatedFrontend::take);
    demandAnswers();
    demandOneState();
    demandPeace();
  }

  private void startAll() {
    for (SimulatedNode node : cluster.nodes) {
      if (!node.running()) {
        node.start();
      }
      turns[node.host()] = node.core().latchTurns();
    }
  }

  /** A minority stays down or cut off, or two hosts stay cut from each other. */
  private void leaveOut() {
    int minority = (cluster.hosts - 1) / 2;
    int kind = random.nextInt(3);
    if (kind == 2) {
      int one = 1 + random.nextInt(cluster.hosts);
      int other = 1 + one % cluster.hosts;
      cluster.network.cut(one, other, true);
      cluster.network.cut(other, one, true);
      cluster.step("no link between " + one + " and " + other);
      return;
    }
    while (out.size() < minority) {
      out.add(1 + random.nextInt(cluster.hosts));
    }
    for (int host : out) {
      cluster.step((kind == 0 ? "down: " : "cut off, with ZooKeeper's favour: ") + host);
      if (kind == 0) {
        cluster.node(host).crash();
      }
      for (int other = 1; other <= cluster.hosts; other++) {
        cluster.network.cut(host, other, true);
        cluster.network.cut(other, host, true);
      }
    }
    if (kind == 1) {
      latchTo(out.iterator().next());
    }
  }

  private void demandAnswers() {
    highestEpoch = highestEpoch();
    epochs = 0;
    for (int round = 0; round < ROUNDS; round++) {
      round();
      if (cluster.frontends.stream().allMatch(SimulatedFrontend::idle)) {
        return;
      }
    }
    throw new Violation(NAME, "commands or reads unanswered after " + ROUNDS + " ticks");
  }

  private void demandOneState() {
    for (int round = 0; round < ROUNDS; round++) {
      if (cluster.nodes.stream().allMatch(this::isComplete)) {
        cluster.nodes.forEach(node -> cluster.invariants.history().checkTimeline(node, 0));
        return;
      }
      round();
    }
    throw new Violation(NAME, "not all replicas have everything after " + ROUNDS + " ticks");
  }

  /** With nothing wrong and nothing to do, whoever leads after a while goes on. */
  private void demandPeace() {
    rounds(PEACEFUL_ROUNDS);
    long before = highestEpoch();
    rounds(PEACEFUL_ROUNDS);
    Violation.unless(highestEpoch() == before, NAME, "a new epoch while all is well");
  }

  private void rounds(int rounds) {
    for (int round = 0; round < rounds; round++) {
      round();
    }
  }

  private boolean isComplete(SimulatedNode node) {
    return node.core().appliedSlot() == cluster.invariants.chosenSlots()
        && node.core().wantsLatch();
  }

  private void round() {
    passLatchOn();
    for (SimulatedNode node : cluster.nodes) {
      if (node.running()) {
        cluster.step(node.named("ticks"));
        node.tick();
        syncAll(node);
      }
    }
    for (int messages = cluster.network.underWay(); messages > 0; messages--) {
      deliver();
    }
    serveFrontends();
    countEpochs();
  }

  private void countEpochs() {
    long highest = highestEpoch();
    if (highest > highestEpoch) {
      highestEpoch = highest;
      epochs++;
    }
    Violation.unless(epochs <= EPOCHS, NAME, "no peace after %d epochs", EPOCHS);
  }

  /** Among those that can hear each other; who is cut off may go on counting up. */
  private long highestEpoch() {
    return cluster.nodes.stream()
        .filter(node -> node.running() && !out.contains(node.host()))
        .mapToLong(node -> node.core().promised().number())
        .max()
        .orElse(0);
  }

  private void deliver() {
    Packet packet = cluster.network.take(random, true);
    SimulatedNode to = cluster.node(packet.to());
    if (to.running()) {
      cluster.deliver(packet);
      if (random.nextInt(3) > 0) {
        syncAll(to);
      }
    }
  }

  private void syncAll(SimulatedNode node) {
    while (node.disk().queued() > 0) {
      node.sync(node.disk().queued());
    }
  }

  private void serveFrontends() {
    for (SimulatedFrontend frontend : List.copyOf(cluster.frontends)) {
      if (frontend.superseded()) {
        cluster.replaceFrontend(frontend.host());
      } else if (!frontend.connected()) {
        cluster.nodes.stream()
            .filter(node -> node.running() && node.serves() && !out.contains(node.host()))
            .findFirst()
            .ifPresent(frontend::connect);
      }
      for (int i = 0; i < WORDS_PER_ROUND && (frontend.speak() || frontend.listen()); i++) {
        cluster.step("a frontend's line carries a word");
      }
      SimulatedNode any = cluster.nodes.get(random.nextInt(cluster.hosts));
      frontend.read(any);
      frontend.follow(any);
    }
  }

  /** A fair latch: whoever wants it gets it in turn, and keeps it until it leaves. */
  private void passLatchOn() {
    for (SimulatedNode node : cluster.nodes) {
      if (!node.running()) {
        continue;
      }
      boolean left = node.core().latchTurns() != turns[node.host()];
      turns[node.host()] = node.core().latchTurns();
      if (node.host() == holder && (left || !node.core().wantsLatch())) {
        node.latch(false, 0);
        holder = 0;
        if (left) {
          latchToNext(node.host());
          return;
        }
      } else if (node.host() != holder && node.latchHeld()) {
        node.latch(false, 0);
      }
    }
    if (holder == 0 || !cluster.node(holder).running()) {
      latchToNext(random.nextInt(cluster.hosts));
    }
  }

  private void latchToNext(int host) {
    holder = 0;
    for (int i = 1; i <= cluster.hosts && holder == 0; i++) {
      SimulatedNode next = cluster.nodes.get((host - 1 + i + cluster.hosts) % cluster.hosts);
      if (next.running() && next.core().wantsLatch()) {
        latchTo(next.host());
      }
    }
  }

  private void latchTo(int host) {
    holder = host;
    cluster.step("latch to " + host);
    cluster.node(host).latch(true, 0);
  }
}
