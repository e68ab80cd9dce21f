package parley.timelineservice.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Message;
import parley.timelineservice.simulation.SimulatedCommands.Command;

/**
 * What must hold after every step, whatever breaks; a broken invariant is an {@link
 * AssertionError}.
 */
final class Invariants {

  private final TreeMap<Long, Batch> chosen = new TreeMap<>();
  private final Map<Epoch, Integer> leaders = new TreeMap<>();

  /** The highest promise that each incarnation has told anyone. */
  private final Map<Long, Epoch> toldPromises = new TreeMap<>();

  private final List<Command> effects = new ArrayList<>();
  private final SimulatedCommands model = new SimulatedCommands();
  private final Map<Integer, Long> answered = new TreeMap<>();
  private long highestAnsweredSlot;

  /** A slot is committed with one value everywhere, and is applied in order. */
  void onApply(SimulatedNode node, AcceptedBatch slot) {
    Batch before = chosen.putIfAbsent(slot.slot(), slot.batch());
    if (before != null && !before.equals(slot.batch())) {
      throw new AssertionError(
          "slot %d is %s on host %d and was chosen as %s"
              .formatted(
                  slot.slot(),
                  SimulatedCommands.commands(slot.batch()),
                  node.host(),
                  SimulatedCommands.commands(before)));
    }
    if (before == null) {
      if (slot.slot() != chosen.size()) {
        throw new AssertionError("slot " + slot.slot() + " applied with a gap before it");
      }
      model.apply(slot.batch());
      checkOrder();
    }
  }

  private void checkOrder() {
    List<Command> all = model.effects();
    for (int i = effects.size(); i < all.size(); i++) {
      effects.add(all.get(i));
    }
  }

  /** Replicas that have applied the same slots have the same state. */
  void afterStep(SimulatedNode node) {
    if (node.core().isPrimary()) {
      Integer leader = leaders.putIfAbsent(node.core().epoch(), node.host());
      if (leader != null && leader != node.host()) {
        throw new AssertionError("two primaries in epoch " + node.core().epoch());
      }
    }
    if (node.core().committedSlot() < node.core().appliedSlot()) {
      throw new AssertionError("applied beyond committed: " + node);
    }
  }

  void checkState(SimulatedNode node) {
    List<Command> applied = node.machine().effects();
    if (!applied.equals(effects.subList(0, Math.min(applied.size(), effects.size())))) {
      throw new AssertionError("state of " + node + " is no prefix of what was chosen");
    }
  }

  /** A promise that was told survives every crash of that disk. */
  void onSend(SimulatedNode node, Message message) {
    if (message instanceof Message.Promise promise) {
      toldPromises.merge(node.disk().incarnation(), promise.epoch(), Epoch::max);
    }
  }

  void onStart(SimulatedNode node) {
    Epoch told = toldPromises.getOrDefault(node.disk().incarnation(), Epoch.NONE);
    if (told.above(node.disk().promised())) {
      throw new AssertionError(node + " has told promise " + told + " and forgot it");
    }
  }

  void onAnswered(long slot) {
    highestAnsweredSlot = Math.max(highestAnsweredSlot, slot);
  }

  /** An acknowledged command is among the effects, once, and in its client's order. */
  void onAnswered(Command command) {
    if (model.lastNumber(command.client()) < command.number()) {
      throw new AssertionError("answered but without effect: " + command);
    }
    answered.merge(command.client(), command.number(), Math::max);
  }

  long highestAnsweredSlot() {
    return highestAnsweredSlot;
  }

  /** A confirmed read sees everything that was answered before it was asked for (R14). */
  void onReads(SimulatedNode node, List<Long> floors, long slot) {
    for (long floor : floors) {
      if (slot < floor) {
        throw new AssertionError(
            "read at " + node + " sees slot " + slot + ", answered before: " + floor);
      }
    }
  }

  long chosenSlots() {
    return chosen.size();
  }
}
