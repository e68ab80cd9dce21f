package parley.timelineservice.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What storage keeps of the changes, done in the plainest way. */
public final class StateModel {

  private final List<Change> elements = new ArrayList<>();

  /** Takes in the changes of one slot. */
  public void write(List<Change> changes) {
    for (Change change : changes) {
      elements.removeIf(element -> replaces(change, element));
      if (!(change instanceof Change.Unfollowed
          || change instanceof Change.OutcomeForgotten
          || change instanceof Change.WriterForgotten)) {
        elements.add(change);
      }
    }
  }

  private static boolean replaces(Change change, Change element) {
    if (change instanceof Change.Unfollowed c && element instanceof Change.Followed e) {
      return c.follower() == e.follower() && c.followee() == e.followee();
    }
    if (change instanceof Change.ClientStands c && element instanceof Change.ClientStands e) {
      return c.client() == e.client();
    }
    if (change instanceof Change.OutcomeForgotten c && element instanceof Change.OutcomeKept e) {
      return c.client() == e.client() && c.number() == e.number();
    }
    if (change instanceof Change.WriterStands c && element instanceof Change.WriterStands e) {
      return c.author() == e.author() && c.writer() == e.writer();
    }
    if (change instanceof Change.WriterForgotten c && element instanceof Change.WriterStands e) {
      return c.author() == e.author() && c.writer() == e.writer();
    }
    if (change instanceof Change.ClientSuperseded c) {
      return element instanceof Change.ClientStands s && s.client() == c.client()
          || element instanceof Change.OutcomeKept k && k.client() == c.client();
    }
    return false;
  }

  /** Clients come before the outcomes that need them, writers in the order of their last post. */
  public List<Change> state() {
    return elements.stream()
        .sorted(
            Comparator.<Change, Boolean>comparing(element -> element instanceof Change.OutcomeKept)
                .thenComparing(
                    element -> element instanceof Change.WriterStands w ? w.index() : 0L))
        .toList();
  }
}
