package parley.timelineservice.timeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Users by name and id, and who follows whom since when. Ids are positions in the order of
 * creation; nobody is ever removed.
 */
final class SocialGraph {

  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();

  /** By follower's id: followee's id to since index, in the order of following. */
  private final List<Map<Integer, Long>> follows = new ArrayList<>();

  private final StateSum sum;

  SocialGraph(StateSum sum) {
    this.sum = sum;
  }

  /** The user's id, or null if there is no such user. */
  Integer id(String name) {
    return ids.get(name);
  }

  int users() {
    return names.size();
  }

  boolean follows(int follower, int followee) {
    return follows.get(follower).containsKey(followee);
  }

  List<String> names() {
    return names;
  }

  Map<Integer, Long> followees(int follower) {
    return follows.get(follower);
  }

  void make(Change.UserCreated user) {
    if (user.id() != names.size()) {
      throw new IllegalStateException(
          "user id " + user.id() + " given out of order after " + names.size() + " users");
    }
    if (ids.put(user.name(), user.id()) != null) {
      throw new IllegalStateException("user created twice: " + user.name());
    }
    names.add(user.name());
    follows.add(new LinkedHashMap<>(0));
    sum.add(user);
  }

  void make(Change.Followed follow) {
    if (follows.get(follow.follower()).put(follow.followee(), follow.sinceIndex()) != null) {
      throw new IllegalStateException("followed twice: " + follow);
    }
    sum.add(follow);
  }

  void make(Change.Unfollowed unfollow) {
    long since = follows.get(unfollow.follower()).remove(unfollow.followee());
    sum.remove(new Change.Followed(unfollow.follower(), unfollow.followee(), since));
  }
}
