package parley.timelineservice.paxos;

import java.util.TreeMap;
import parley.timelineservice.paxos.Message.Accept;

/**
 * Keeps proposals that arrive before their predecessor, as a slower network would have: without
 * them a replica that copies while posts go on never meets the primary, since what is proposed
 * during the last copy is neither in it nor sent again. Of one epoch, a few of the newest.
 */
final class EarlyAccepts {

  private final int max;
  private final TreeMap<Long, Accept> bySlot = new TreeMap<>();
  private Epoch epoch = Epoch.NONE;

  EarlyAccepts(int max) {
    this.max = max;
  }

  void keep(Accept accept) {
    if (!accept.epoch().equals(epoch)) {
      bySlot.clear();
      epoch = accept.epoch();
    }
    bySlot.put(accept.slot(), accept);
    if (bySlot.size() > max) {
      bySlot.pollFirstEntry();
    }
  }

  /** The proposal of this slot in this epoch, or null; those of lower slots are forgotten. */
  Accept take(Epoch wanted, long slot) {
    bySlot.headMap(slot).clear();
    return wanted.equals(epoch) ? bySlot.remove(slot) : null;
  }
}
