package parley.timelineservice.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.TimelineReads;

/** A timeline in memory: each slot holds commands that are one byte each, the index modulo 100. */
final class FakeReads implements TimelineReads {

  final AtomicInteger runsRead = new AtomicInteger();
  volatile Graph graph = new Graph(0, List.of(), List.of());
  volatile RuntimeException failure;
  // First index of each slot, and how many commands it has.
  private final TreeMap<Long, Integer> slots = new TreeMap<>();
  private long applied;

  /** Applies a slot with so many commands. */
  synchronized void apply(int count) {
    slots.put(applied + 1, count);
    applied += count;
  }

  @Override
  public synchronized long appliedIndex() {
    return applied;
  }

  @Override
  public synchronized Run run(long fromIndex, int maxBytes) {
    if (failure != null) {
      throw failure;
    }
    if (fromIndex < 1 || fromIndex > applied) {
      throw new AssertionError("Not applied: " + fromIndex + " of " + applied);
    }
    runsRead.incrementAndGet();
    long slot = slots.floorKey(fromIndex);
    int count = (int) (slot + slots.get(slot) - fromIndex);
    for (int next : slots.tailMap(slot, false).values()) {
      if (count + next > maxBytes) {
        break;
      }
      count += next;
    }
    byte[] entries = new byte[count];
    for (int i = 0; i < count; i++) {
      entries[i] = (byte) ((fromIndex + i) % 100);
    }
    return new Run(fromIndex, count, entries);
  }

  @Override
  public List<IndexedPost> newest(List<AuthorSince> authors, long upToIndex, int limit) {
    return authors.stream()
        .map(
            a ->
                new IndexedPost(
                    a.sinceIndex() + 1,
                    new Command.Post(a.author(), "up to " + upToIndex, 12, 0, true)))
        .limit(limit)
        .toList();
  }

  @Override
  public Graph graph() {
    return graph;
  }

  @Override
  public synchronized List<Slot> slots(long fromSlot, int maxBytes) {
    List<Slot> found = new ArrayList<>();
    int bytes = 0;
    for (long slot = fromSlot; slot <= slots.size() && bytes <= maxBytes; slot++) {
      byte[] entries = new byte[50_000];
      bytes += entries.length;
      found.add(new Slot(slot, "1@1", 1, entries));
    }
    return found;
  }

  @Override
  public Totals totals() {
    return new Totals(11, 12);
  }
}
