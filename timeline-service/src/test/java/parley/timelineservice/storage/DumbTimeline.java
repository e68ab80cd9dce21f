package parley.timelineservice.storage;

import java.util.ArrayList;
import java.util.List;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.TimelineReads.AuthorSince;
import parley.timelineservice.timeline.TimelineReads.IndexedPost;

/** The applied timeline as one list, searched from end to end. */
final class DumbTimeline {

  /** At position i: the command with index i + 1. */
  final List<Entry> commands = new ArrayList<>();

  void applied(AppliedSlot slot, List<Entry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      if (!slot.ineffective().contains(i)) {
        commands.add(entries.get(i));
      }
    }
  }

  long posts() {
    return commands.stream().filter(e -> e.command() instanceof Command.Post).count();
  }

  List<IndexedPost> newest(List<AuthorSince> authors, long upToIndex, int limit) {
    List<IndexedPost> found = new ArrayList<>();
    for (long index = upToIndex; index >= 1 && found.size() < limit; index--) {
      if (commands.get((int) index - 1).command() instanceof Command.Post post
          && wanted(authors, post.author(), index)) {
        found.add(0, new IndexedPost(index, post));
      }
    }
    return found;
  }

  private static boolean wanted(List<AuthorSince> authors, String author, long index) {
    return authors.stream().anyMatch(a -> a.author().equals(author) && a.sinceIndex() < index);
  }
}
