package parley.timelineservice.exploration;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Epoch;

/**
 * What consensus promises: a batch that a majority has made durable in one epoch is chosen, whether
 * anybody knows it or not; each slot has one, and nothing else is ever applied.
 */
final class Agreement {

  private Agreement() {}

  /** Returns what is wrong with a state of the cluster, or null. */
  static String violation(ReplicaState[] cluster, int majority) {
    TreeMap<Long, Batch> chosen = new TreeMap<>();
    for (ReplicaState replica : cluster) {
      for (var slot : replica.snapshot().votes().entrySet()) {
        for (Map.Entry<Epoch, Batch> vote : slot.getValue().entrySet()) {
          if (votes(cluster, slot.getKey(), vote) >= majority) {
            Batch other = chosen.putIfAbsent(slot.getKey(), vote.getValue());
            if (other != null && !other.equals(vote.getValue())) {
              return "two batches are chosen in slot " + slot.getKey();
            }
          }
        }
      }
    }
    for (ReplicaState replica : cluster) {
      List<Batch> applied = replica.snapshot().applied();
      for (int i = 0; i < applied.size(); i++) {
        if (!applied.get(i).equals(chosen.get(i + 1L))) {
          return "applied in slot " + (i + 1) + " what was not chosen";
        }
      }
    }
    return null;
  }

  private static int votes(ReplicaState[] cluster, long slot, Map.Entry<Epoch, Batch> vote) {
    int votes = 0;
    for (ReplicaState replica : cluster) {
      TreeMap<Epoch, Batch> others = replica.snapshot().votes().get(slot);
      if (others != null && vote.getValue().equals(others.get(vote.getKey()))) {
        votes++;
      }
    }
    return votes;
  }
}
