package parley.timelineservice.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import parley.timelineservice.simulation.SimulatedNetwork.Packet;

/**
 * Everything of one simulated cluster: hosts, network, frontends, the checks, and the last steps as
 * a trace for people.
 */
final class Cluster {

  private static final int TRACE_LINES = 80;

  final int hosts;
  final SplittableRandom random;
  final SimulatedNetwork network;
  final Invariants invariants;
  final Tally tally;
  final List<SimulatedNode> nodes = new ArrayList<>();

  /** The one that speaks for host i + 1. */
  final List<SimulatedFrontend> frontends = new ArrayList<>();

  /** Two clients of one user, and one of another. */
  private final List<SimulatedWriter> writers;

  private final Object[] trace = new Object[TRACE_LINES];
  private final long[] fingerprints;
  private long fingerprint;
  private long steps;
  private long readsOfTheGone;

  Cluster(int hosts, SplittableRandom random, Tally tally) {
    this.hosts = hosts;
    this.random = random;
    this.tally = tally;
    network = new SimulatedNetwork(hosts);
    invariants = new Invariants(hosts, nodes);
    fingerprints = new long[hosts + 1];
    String ann = SimulatedFrontend.NAMES.get(0);
    String bob = SimulatedFrontend.NAMES.get(1);
    writers =
        List.of(
            new SimulatedWriter(ann, 1), new SimulatedWriter(ann, 2), new SimulatedWriter(bob, 1));
    Set<Integer> all = IntStream.rangeClosed(1, hosts).boxed().collect(Collectors.toSet());
    for (int host = 1; host <= hosts; host++) {
      nodes.add(new SimulatedNode(host, all, random.nextLong(), newDisk(), network, invariants));
      frontends.add(newFrontend(host));
    }
    nodes.forEach(SimulatedNode::start);
    nodes.get(random.nextInt(hosts)).latch(true, 0);
  }

  SimulatedDisk newDisk() {
    return new SimulatedDisk(random.nextLong() | 1);
  }

  private SimulatedFrontend newFrontend(int host) {
    long from = random.nextBoolean() ? 0 : invariants.history().effects();
    return new SimulatedFrontend(
        host, random.nextLong() | 1, from, random.split(), writers, invariants.history());
  }

  /** The host's frontend has ended, whatever it still had on its line; a new process begins. */
  void replaceFrontend(int host) {
    readsOfTheGone += frontends.get(host - 1).readsDone();
    frontends.set(host - 1, newFrontend(host));
  }

  SimulatedNode node(int host) {
    return nodes.get(host - 1);
  }

  long steps() {
    return steps;
  }

  long reads() {
    return readsOfTheGone + frontends.stream().mapToLong(SimulatedFrontend::readsDone).sum();
  }

  /** One more step: what it is, as something that says so when it is asked. */
  void step(Object what) {
    trace[(int) (++steps % TRACE_LINES)] = what;
  }

  /** Takes down in which state the cluster is after a step at this host. */
  void stateAfter(SimulatedNode node) {
    long now = node.fingerprint();
    fingerprint += now - fingerprints[node.host()];
    fingerprints[node.host()] = now;
    tally.state(fingerprint);
  }

  void deliver(Packet packet) {
    step(packet);
    SimulatedNode to = node(packet.to());
    to.receive(packet.envelope());
    stateAfter(to);
  }

  /** The last steps, the newest last, and how the hosts stand. */
  String story() {
    StringBuilder story = new StringBuilder();
    for (long step = Math.max(1, steps - TRACE_LINES + 1); step <= steps; step++) {
      story.append(step).append("  ").append(trace[(int) (step % TRACE_LINES)]).append('\n');
    }
    nodes.forEach(node -> story.append(node).append('\n'));
    return story.toString();
  }
}
