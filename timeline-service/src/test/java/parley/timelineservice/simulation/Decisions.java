package parley.timelineservice.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Message;
import parley.timelineservice.paxos.Write;

/**
 * The heart of Paxos, seen from above: once a majority's disks hold a batch in a slot in one epoch,
 * every higher epoch proposes that batch there, whether or not anyone knows yet that it is chosen.
 */
final class Decisions {

  private static final String NAME = "decisions";

  private final int majority;

  /** Who has ever accepted it durably. */
  private final Map<AcceptedBatch, Set<Integer>> acceptedBy = new HashMap<>();

  private final Map<Long, AcceptedBatch> decided = new HashMap<>();

  Decisions(int hosts) {
    majority = hosts / 2 + 1;
  }

  void onDurable(SimulatedNode node, Write write) {
    if (write instanceof Write.Accepted accepted) {
      AcceptedBatch row = new AcceptedBatch(accepted.slot(), accepted.epoch(), accepted.batch());
      Set<Integer> hosts = acceptedBy.computeIfAbsent(row, first -> new HashSet<>(4));
      if (hosts.add(node.host()) && hosts.size() == majority) {
        AcceptedBatch before = decided.putIfAbsent(row.slot(), row);
        check(node, before, row.batch(), "completes");
      }
    }
  }

  void onSend(SimulatedNode node, Message message) {
    if (message instanceof Message.Accept accept) {
      AcceptedBatch before = decided.get(accept.slot());
      if (before != null && accept.epoch().above(before.epoch())) {
        check(node, before, accept.batch(), "proposes in " + accept.epoch());
      }
    }
  }

  private static void check(SimulatedNode node, AcceptedBatch decided, Batch batch, String what) {
    Violation.unless(
        decided == null || decided.batch().equals(batch),
        NAME,
        "%s %s %s, decided was %s",
        node,
        what,
        Words.batch(batch),
        decided);
  }
}
