package parley.timelineservice.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import parley.timelineservice.paxos.Envelope;

/**
 * Messages between replicas on their way: delivered in any order, lost, doubled, kept for very
 * long, or stopped by links that are cut in one direction.
 */
final class SimulatedNetwork {

  record Packet(int to, Envelope envelope) {

    @Override
    public String toString() {
      return envelope.from() + " -> " + to + " " + Words.message(envelope.message());
    }
  }

  private static final int CAPACITY = 400;
  private static final int LATE_CAPACITY = 40;

  private final List<Packet> underWay = new ArrayList<>();
  private final List<Packet> late = new ArrayList<>();
  private final boolean[][] cut;

  SimulatedNetwork(int hosts) {
    cut = new boolean[hosts + 1][hosts + 1];
  }

  void send(int to, Envelope envelope) {
    if (cut[envelope.from()][to]) {
      return;
    }
    if (underWay.size() == CAPACITY) {
      underWay.remove(0);
    }
    underWay.add(new Packet(to, envelope));
  }

  int underWay() {
    return underWay.size();
  }

  /** The oldest, or any; swapped out of its place, since the order is lost anyway. */
  Packet take(RandomGenerator random, boolean inOrder) {
    if (inOrder) {
      return underWay.remove(0);
    }
    int at = random.nextInt(underWay.size());
    Packet taken = underWay.get(at);
    Packet last = underWay.remove(underWay.size() - 1);
    if (at < underWay.size()) {
      underWay.set(at, last);
    }
    return taken;
  }

  void doubled(Packet packet) {
    if (underWay.size() < CAPACITY) {
      underWay.add(packet);
    }
  }

  /** Keeps the packet until {@link #releaseOne}: longer than crashes and elections take. */
  void keep(Packet packet) {
    if (late.size() < LATE_CAPACITY) {
      late.add(packet);
    }
  }

  boolean releaseOne(RandomGenerator random) {
    return !late.isEmpty() && underWay.add(late.remove(random.nextInt(late.size())));
  }

  void cut(int from, int to, boolean isCut) {
    cut[from][to] = isCut;
  }

  boolean isCut(int from, int to) {
    return cut[from][to];
  }

  void heal() {
    for (boolean[] from : cut) {
      Arrays.fill(from, false);
    }
  }
}
