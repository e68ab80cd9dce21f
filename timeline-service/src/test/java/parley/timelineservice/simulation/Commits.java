package parley.timelineservice.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Message;
import parley.timelineservice.paxos.Write;

/**
 * Counts disks beside the core: what a primary calls committed is durable on a majority, in its
 * epoch or by hosts that knew it to be committed (R7); and an epoch proposes one batch per slot
 * (R4). Disks that were lost since count: they had it when it was counted.
 */
final class Commits {

  private static final String NAME = "commits";

  private final int hosts;

  /** By host: what its disks have ever held in a slot. */
  private final List<Map<Long, List<AcceptedBatch>>> held = new ArrayList<>();

  private final long[] knownCommitted;
  private final Map<Epoch, TreeMap<Long, Batch>> uncommitted = new HashMap<>();

  Commits(int hosts) {
    this.hosts = hosts;
    knownCommitted = new long[hosts + 1];
    for (int host = 0; host <= hosts; host++) {
      held.add(new HashMap<>());
    }
  }

  void onDurable(int host, Write write) {
    if (write instanceof Write.Accepted row) {
      hold(host, new AcceptedBatch(row.slot(), row.epoch(), row.batch()));
    } else if (write instanceof Write.Copied row) {
      hold(host, new AcceptedBatch(row.slot(), row.epoch(), row.batch()));
    }
  }

  private void hold(int host, AcceptedBatch row) {
    held.get(host).computeIfAbsent(row.slot(), first -> new ArrayList<>(2)).add(row);
  }

  void onSend(SimulatedNode node, Message message) {
    if (message instanceof Message.Accept accept && accept.slot() > node.core().committedSlot()) {
      Batch before =
          uncommitted
              .computeIfAbsent(accept.epoch(), first -> new TreeMap<>())
              .putIfAbsent(accept.slot(), accept.batch());
      Violation.unless(
          before == null || before.equals(accept.batch()),
          NAME,
          "%s proposes another batch in slot %d of %s",
          node,
          accept.slot(),
          accept.epoch());
    }
  }

  void afterStep(SimulatedNode node) {
    long committed = node.core().committedSlot();
    knownCommitted[node.host()] = Math.max(knownCommitted[node.host()], committed);
    if (node.core().isPrimary()) {
      TreeMap<Long, Batch> slots = uncommitted.get(node.core().epoch());
      while (slots != null && !slots.isEmpty() && slots.firstKey() <= committed) {
        Map.Entry<Long, Batch> slot = slots.pollFirstEntry();
        check(node, slot.getKey(), slot.getValue());
      }
    }
  }

  private void check(SimulatedNode node, long slot, Batch batch) {
    int count = 0;
    for (int host = 1; host <= hosts; host++) {
      boolean knew = host != node.host() && knownCommitted[host] >= slot;
      for (AcceptedBatch row : held.get(host).getOrDefault(slot, List.of())) {
        boolean counts = knew || row.epoch().equals(node.core().epoch());
        if (counts && row.batch().equals(batch)) {
          count++;
          break;
        }
      }
    }
    Violation.unless(
        2 * count > hosts, NAME, "%s committed slot %d, durable on %d disks", node, slot, count);
  }
}
