package parley.timelineservice.simulation;

import java.util.ArrayList;
import java.util.List;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;

/**
 * One value per slot: what any replica applies is chosen, stays chosen, and no majority of voters
 * is without it, also when replaced disks get their votes (R15).
 */
final class Agreement {

  private static final String NAME = "agreement";

  private final List<SimulatedNode> nodes;

  /** The batch of slot i + 1. */
  private final List<Batch> chosen = new ArrayList<>();

  Agreement(List<SimulatedNode> nodes) {
    this.nodes = nodes;
  }

  long chosenSlots() {
    return chosen.size();
  }

  /** A replica applies a slot; returns whether it is the first one to do so. */
  boolean onApply(SimulatedNode node, AcceptedBatch slot) {
    AcceptedBatch stored = node.disk().row(slot.slot());
    Violation.unless(
        slot.equals(stored), NAME, "%s applies %s, its disk holds %s", node, slot, stored);
    if (slot.slot() <= chosen.size()) {
      Batch before = chosen.get(Math.toIntExact(slot.slot() - 1));
      Violation.unless(
          before.equals(slot.batch()),
          NAME,
          "slot %d is %s on %s and was chosen as %s",
          slot.slot(),
          Words.batch(slot.batch()),
          node,
          Words.batch(before));
      return false;
    }
    Violation.unless(
        slot.slot() == chosen.size() + 1, NAME, "%s applies %s with a gap before it", node, slot);
    chosen.add(slot.batch());
    return true;
  }

  /** A replica got its vote: still no majority of voters may be without anything chosen. */
  void onVoter(SimulatedNode node) {
    int majority = nodes.size() / 2 + 1;
    for (int slot = 1; slot <= chosen.size(); slot++) {
      int without = 0;
      for (SimulatedNode other : nodes) {
        AcceptedBatch row = other.disk().row(slot);
        boolean holds = row != null && row.batch().equals(chosen.get(slot - 1));
        if (other.disk().voter() && !holds) {
          without++;
        }
      }
      Violation.unless(
          without < majority, NAME, "%s votes, slot %d is not on %d", node, slot, without);
    }
  }
}
