package parley.timelineservice.simulation;

import java.util.HashMap;
import java.util.Map;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Message;

/**
 * What a replica says is true when it says it: it stands on its disk, and contradicts nothing that
 * an earlier life or an earlier disk of its host said (R1, R4, R6, R7, R15). Notices at once what
 * could take many steps to do harm.
 */
final class Promises {

  private static final String NAME = "promises";

  /** By host and incarnation: the highest epoch in which it promised or acknowledged anything. */
  private final Map<Integer, Map<Long, Epoch>> votes = new HashMap<>();

  /** The highest promise that each incarnation has told of. */
  private final Map<Long, Epoch> promised = new HashMap<>();

  /** Of each host's present disk. */
  private final Map<Integer, Long> incarnations = new HashMap<>();

  void onStart(SimulatedNode node) {
    incarnations.put(node.host(), node.disk().incarnation());
    Epoch promise = promised.getOrDefault(node.disk().incarnation(), Epoch.NONE);
    check(!promise.above(node.core().promised()), node, "has forgotten its promise", promise);
  }

  void onSend(SimulatedNode node, Message message) {
    if (message instanceof Message.Hello hello) {
      boolean voter = hello.standing() == Message.Standing.VOTER;
      check(!voter || node.disk().voter(), node, "is no voter yet", message);
    } else if (message instanceof Message.Prepare prepare) {
      checkPromised(node, prepare.epoch(), message);
    } else if (message instanceof Message.Promise promise) {
      onPromise(node, promise);
    } else if (message instanceof Message.Ack ack) {
      onAck(node, ack);
    } else if (message instanceof Message.Chunk chunk) {
      onChunk(node, chunk);
    }
  }

  /** R4: durable, and all that is accepted above the committed slot is in it. */
  private void onPromise(SimulatedNode node, Message.Promise promise) {
    checkPromised(node, promise.epoch(), promise);
    long committed = Math.max(promise.committedSlot(), node.core().committedSlot());
    for (long slot = committed + 1; slot <= node.disk().highestSlot(); slot++) {
      AcceptedBatch row = node.disk().row(slot);
      boolean told =
          row == null || !promise.epoch().above(row.epoch()) || promise.accepted().contains(row);
      check(told, node, "conceals " + row, promise);
    }
    onVote(node, promise.epoch(), promise);
  }

  /** R6, R7: verified and durable up to the slot, in an epoch that is not below the promise. */
  private void onAck(SimulatedNode node, Message.Ack ack) {
    check(!node.promisedWhenSaid().above(ack.epoch()), node, "has promised more", ack);
    check(ack.durableSlot() <= node.disk().contiguousSlot(), node, "has not stored that", ack);
    for (long slot = node.core().committedSlot() + 1; slot <= ack.durableSlot(); slot++) {
      AcceptedBatch row = node.disk().row(slot);
      check(row.epoch().equals(ack.epoch()), node, "holds in that slot " + row, ack);
    }
    if (ack.durableSlot() > node.core().committedSlot()) {
      checkPromised(node, ack.epoch(), ack);
    }
    if (ack.durableSlot() > 0 || ack.round() > 0) {
      onVote(node, ack.epoch(), ack);
    }
  }

  /** R16: nothing but committed slots, without a gap. */
  private void onChunk(SimulatedNode node, Message.Chunk chunk) {
    for (AcceptedBatch slot : chunk.slots()) {
      check(slot.slot() <= node.disk().committedSlot(), node, "has not committed that", chunk);
    }
  }

  private void checkPromised(SimulatedNode node, Epoch epoch, Message message) {
    check(!epoch.above(node.disk().promised()), node, "has not stored that promise", message);
    promised.merge(node.disk().incarnation(), epoch, Epoch::max);
  }

  /** R15: no vote in or below an epoch in which an earlier disk of the host has voted. */
  private void onVote(SimulatedNode node, Epoch epoch, Message message) {
    check(node.disk().voter(), node, "is no voter", message);
    long incarnation = node.disk().incarnation();
    Map<Long, Epoch> ofHost = votes.computeIfAbsent(node.host(), first -> new HashMap<>());
    for (Map.Entry<Long, Epoch> earlier : ofHost.entrySet()) {
      check(
          earlier.getKey() == incarnation
              || epoch.above(earlier.getValue())
              || !mayStillLead(earlier.getValue()),
          node,
          "voted on an earlier disk in " + earlier.getValue(),
          message);
    }
    if (epoch.host() != node.host()) {
      ofHost.merge(incarnation, epoch, Epoch::max);
    }
  }

  private boolean mayStillLead(Epoch epoch) {
    return incarnations.get(epoch.host()) == epoch.incarnation();
  }

  private static void check(boolean holds, SimulatedNode node, String why, Object said) {
    Violation.unless(holds, NAME, "%s %s, but says %s", node, why, said);
  }
}
