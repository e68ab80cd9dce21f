package parley.timelineservice.timeline;

import java.util.List;

/**
 * Reading the applied timeline. Any thread may call, beside the one that applies. Nothing here is
 * ever beyond what is applied (R13). Methods may block on the disk, and throw what the storage
 * throws when it fails.
 */
public interface TimelineReads {

  /** Index of the last command that took effect; 0 if none. Only grows. */
  long appliedIndex();

  /** Commands that took effect, at consecutive indexes: an encoded Entries. */
  record Run(long firstIndex, int count, byte[] entries) {}

  /**
   * A run that begins at this index: the rest of its slot, and following slots while they fit.
   *
   * @param fromIndex {@code 1 <= fromIndex <= appliedIndex()}
   * @param maxBytes soft bound: at least one slot's rest is returned
   */
  Run run(long fromIndex, int maxBytes);

  /** An author whose posts above an index are wanted. */
  record AuthorSince(String author, long sinceIndex) {}

  /** A post and its place in the timeline. */
  record IndexedPost(long index, Command.Post post) {}

  /** The newest posts of these authors, no later than {@code upToIndex}; oldest first. */
  List<IndexedPost> newest(List<AuthorSince> authors, long upToIndex, int limit);

  /** Users by id (order of creation) and follows, as of {@code index}. */
  record Graph(long index, List<String> names, List<Edge> follows) {}

  /** Who follows whom since which index; users by id. In each follower's order of following. */
  record Edge(int follower, int followee, long sinceIndex) {}

  /** A copy of the graph as it stands. */
  Graph graph();

  /** An applied slot as stored. */
  record Slot(long slot, String epoch, int count, byte[] entries) {}

  /**
   * Applied slots from this one on, in order; empty if there are none. {@code maxBytes} is a soft
   * bound.
   */
  List<Slot> slots(long fromSlot, int maxBytes);

  /** For people. */
  record Totals(long users, long posts) {}

  Totals totals();
}
