package parley.timelineservice.simulation;

import java.util.List;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Epoch;
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
  private final Decisions decisions;
  private final Leaders leaders = new Leaders();
  private final Reads reads = new Reads();
  private final History history = new History();

  Invariants(int hosts, List<SimulatedNode> nodes) {
    agreement = new Agreement(nodes);
    commits = new Commits(hosts);
    decisions = new Decisions(hosts);
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
    decisions.onSend(node, message);
    reads.onSend(node, message);
  }

  void onReadAsked(SimulatedNode node, SimulatedLine line, long id) {
    reads.onAsked(node, line, id);
  }

  void onReadsConfirmed(SimulatedNode node, long round) {
    reads.onConfirmed(node, round);
  }

  void onReadAnswered(SimulatedNode node, SimulatedLine line, long id) {
    reads.onAnswered(node, line, id);
  }

  void onDurable(SimulatedNode node, Write write) {
    commits.onDurable(node.host(), write);
    decisions.onDurable(node, write);
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

  void onLatch(SimulatedNode node, boolean ledBefore, Epoch before) {
    leaders.onLatch(node, ledBefore, before);
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
