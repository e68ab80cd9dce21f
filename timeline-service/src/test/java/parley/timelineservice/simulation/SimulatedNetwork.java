package parley.timelineservice.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import parley.timelineservice.paxos.Envelope;

/** Messages under way: delivered in any order, lost, doubled, or stopped by cut links. */
final class SimulatedNetwork {

  record Packet(int to, Envelope envelope) {}

  private static final int CAPACITY = 400;

  private final List<Packet> underWay = new ArrayList<>();
  private final Set<Long> cuts = new TreeSet<>();

  void send(int to, Envelope envelope) {
    if (cut(envelope.from(), to)) {
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

  Packet takeAny(RandomGenerator random, boolean inOrder) {
    int at = inOrder ? 0 : random.nextInt(underWay.size());
    return underWay.remove(at);
  }

  void doubleAny(RandomGenerator random) {
    underWay.add(underWay.get(random.nextInt(underWay.size())));
  }

  void cut(int from, int to, boolean cut) {
    if (cut) {
      cuts.add(link(from, to));
    } else {
      cuts.remove(link(from, to));
    }
  }

  boolean cut(int from, int to) {
    return cuts.contains(link(from, to));
  }

  void heal() {
    cuts.clear();
  }

  private static long link(int from, int to) {
    return (long) from << 32 | to;
  }
}
