package parley.timelineservice.timeline;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * How far the posts of each writer have come: a post that carries a key takes effect only as the
 * next one of its writer, through whichever frontends its client sends it and sends it again.
 *
 * <p>Invariants: a writer's sequence only grows, by one per post that took effect; only the {@value
 * #KEPT_MAX} writers whose last post is newest are kept, whatever the time: another one is new, and
 * begins with 1.
 */
final class Writers {

  /** Takes some 15 MB. */
  static final int KEPT_MAX = 128 * 1024;

  private record Writer(int author, long id) {}

  /** The one with the oldest last post first. */
  private final Map<Writer, Change.WriterStands> writers = new LinkedHashMap<>();

  /** What the state sum and storage know of those that moved in this slot, if anything. */
  private final Map<Writer, Change.WriterStands> settled = new LinkedHashMap<>();

  private final Set<Writer> moved = new LinkedHashSet<>();
  private final StateSum sum;

  Writers(StateSum sum) {
    this.sum = sum;
  }

  /** What comes of a post with this key. */
  Outcome judge(int author, Command.PostKey key) {
    Change.WriterStands stands = writers.get(new Writer(author, key.writer()));
    long last = stands == null ? 0 : stands.sequence();
    if (key.sequence() == last + 1) {
      return Outcome.DONE;
    }
    return key.sequence() >= 1 && key.sequence() <= last
        ? Outcome.ALREADY_POSTED
        : Outcome.OUT_OF_SEQUENCE;
  }

  /** The post takes effect at this index. */
  void take(int author, Command.PostKey key, long index) {
    Writer writer = new Writer(author, key.writer());
    Change.WriterStands before = writers.remove(writer);
    if (moved.add(writer) && before != null) {
      settled.put(writer, before);
    }
    writers.put(writer, new Change.WriterStands(author, key.writer(), key.sequence(), index));
  }

  /** Ends a slot: one change per writer that moved, however many posts it had. */
  void settle(SlotInProgress slot) {
    for (Writer writer : moved) {
      Change.WriterStands before = settled.get(writer);
      if (before != null) {
        sum.remove(before);
      }
      sum.add(writers.get(writer));
      slot.changed(writers.get(writer));
    }
    moved.clear();
    settled.clear();
    for (Iterator<Writer> oldest = writers.keySet().iterator(); writers.size() > KEPT_MAX; ) {
      Writer writer = oldest.next();
      Change.WriterForgotten forgotten = new Change.WriterForgotten(writer.author(), writer.id());
      sum.remove(writers.get(writer));
      oldest.remove();
      slot.changed(forgotten);
    }
  }

  void make(Change.WriterStands stands) {
    Change.WriterStands before = writers.put(new Writer(stands.author(), stands.writer()), stands);
    if (before != null) {
      throw new IllegalStateException("a writer stands at two posts: " + before + ", " + stands);
    }
    sum.add(stands);
  }
}
