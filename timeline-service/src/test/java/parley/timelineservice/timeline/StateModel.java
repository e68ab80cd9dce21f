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
      if (!(change instanceof Change.Unfollowed) && !(change instanceof Change.OutcomeForgotten)) {
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
    if (change instanceof Change.ClientSuperseded c) {
      return element instanceof Change.ClientStands s && s.client() == c.client()
          || element instanceof Change.OutcomeKept k && k.client() == c.client();
    }
    return false;
  }

  /** Users, follows and clients come before the outcomes that need them. */
  public List<Change> state() {
    return elements.stream()
        .sorted(Comparator.comparing(element -> element instanceof Change.OutcomeKept))
        .toList();
  }
}
