package parley.timelineservice.simulation;

import java.util.List;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Message;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.timeline.AppliedSlot;

/**
 * What must hold after every step, whatever breaks: tells each check what it has to know. A broken
 * invariant is a {@link Violation}.
 */
final class Invariants {

  private final Agreement agreement;
  private final Promises promises = new Promises();
  private final Commits commits;
  private final Leaders leaders = new Leaders();
  private final History history = new History();

  Invariants(int hosts, List<SimulatedNode> nodes) {
    agreement = new Agreement(nodes);
    commits = new Commits(hosts);
  }

  History history() {
    return history;
  }

  long chosenSlots() {
    return agreement.chosenSlots();
  }

  void onStart(SimulatedNode node) {
    promises.onStart(node);
    leaders.onStart(node);
    history.onStart(node);
  }

  void onReceived(SimulatedNode node, int from, Message message) {
    leaders.onReceived(node, from, message);
  }

  void onSend(SimulatedNode node, Message message) {
    promises.onSend(node, message);
    commits.onSend(node, message);
  }

  void onDurable(SimulatedNode node, Write write) {
    commits.onDurable(node.host(), write);
  }

  void onVoter(SimulatedNode node) {
    agreement.onVoter(node);
  }

  void onApply(SimulatedNode node, AcceptedBatch slot) {
    if (agreement.onApply(node, slot)) {
      history.onChosen(EntryCodec.decode(slot.batch().bytes()));
    }
  }

  void onApplied(SimulatedNode node, AppliedSlot applied) {
    history.onApplied(node, applied);
  }

  void onTick(SimulatedNode node) {
    leaders.onTick(node);
  }

  void afterStep(SimulatedNode node) {
    Violation.unless(
        node.core().appliedSlot() <= node.core().committedSlot(),
        "agreement",
        "%s applied beyond what is committed",
        node);
    leaders.afterStep(node);
    commits.afterStep(node);
  }
}
