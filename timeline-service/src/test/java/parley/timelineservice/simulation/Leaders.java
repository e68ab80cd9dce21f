package parley.timelineservice.simulation;

import java.util.HashMap;
import java.util.Map;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Message;

/**
 * An epoch has one leader, in one life of one process (R1, R2), that votes, whose own acceptor has
 * not promised more, and that has no more slots under way than its pipeline is deep (R4, R10); and
 * only who is close to what is committed queues to lead (R3).
 */
final class Leaders {

  private static final String NAME = "leaders";

  private record Leader(int host, int life) {}

  private record Heard(long committedSlot, long tick) {}

  private final Map<Epoch, Leader> leaders = new HashMap<>();

  /** By host: the newest that its present life was told by other voters, by their hosts. */
  private final Map<Integer, Map<Integer, Heard>> heard = new HashMap<>();

  void onStart(SimulatedNode node) {
    heard.put(node.host(), new HashMap<>());
  }

  void onReceived(SimulatedNode node, int from, Message message) {
    if (message instanceof Message.Hello hello) {
      if (hello.standing() == Message.Standing.VOTER) {
        heard.get(node.host()).put(from, new Heard(hello.committedSlot(), node.ticks()));
      } else {
        heard.get(node.host()).remove(from);
      }
    }
  }

  /** The latch starts epochs and ends none (R2). */
  void onLatch(SimulatedNode node, boolean ledBefore, Epoch before) {
    boolean goesOn = node.core().isPrimary() && node.core().epoch().equals(before);
    Violation.unless(!ledBefore || goesOn, NAME, "%s led %s until ZooKeeper spoke", node, before);
  }

  void afterStep(SimulatedNode node) {
    if (!node.core().isPrimary()) {
      return;
    }
    Epoch epoch = node.core().epoch();
    Leader leader = leaders.computeIfAbsent(epoch, first -> new Leader(node.host(), node.life()));
    Violation.unless(
        leader.host() == node.host() && leader.life() == node.life(),
        NAME,
        "%s leads the epoch of %s",
        node,
        leader);
    Violation.unless(node.disk().voter(), NAME, "%s leads without a vote", node);
    Violation.unless(
        !node.core().promised().above(epoch), NAME, "%s leads on below its own promise", node);
    Violation.unless(
        node.core().underWay() <= SimulatedNode.PIPELINE_DEPTH,
        NAME,
        "%s has %d slots under way",
        node,
        node.core().underWay());
  }

  /** Looked at when all it was told has been taken in, and still holds (R3). */
  void onTick(SimulatedNode node) {
    if (!node.core().wantsLatch()) {
      return;
    }
    long highest = 0;
    for (Heard other : heard.get(node.host()).values()) {
      if (node.ticks() - other.tick() <= SimulatedNode.SILENT_TICKS) {
        highest = Math.max(highest, other.committedSlot());
      }
    }
    long behind = highest - node.core().committedSlot();
    Violation.unless(
        behind <= SimulatedNode.CLOSE_SLOTS, NAME, "%s queues, %d slots behind", node, behind);
  }
}
