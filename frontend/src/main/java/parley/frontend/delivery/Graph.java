package parley.frontend.delivery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All users and who follows whom, as of one index: answers List, and tells delivery who receives
 * what.
 *
 * <p>A user's id is its place in the order of creation, from 0; users never go away. Owned by the
 * loop once it is loaded.
 */
public final class Graph {
  /** The id of a name that no user has. */
  public static final int UNKNOWN = -1;

  private static final Followees NOBODY = new Followees();

  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<Followees> followees = new ArrayList<>();

  /** The user's id, or {@link #UNKNOWN}. */
  public int idOf(String name) {
    Integer id = ids.get(name);
    return id == null ? UNKNOWN : id;
  }

  /** Whether a user of that name exists. */
  public boolean contains(String name) {
    return ids.containsKey(name);
  }

  /** The name of the user with this id. */
  public String name(int id) {
    return names.get(id);
  }

  /** All names in order of creation; a view. */
  public List<String> names() {
    return Collections.unmodifiableList(names);
  }

  /** Whom the user follows; a view. */
  public Followees followees(int id) {
    Followees list = followees.get(id);
    return list == null ? NOBODY : list;
  }

  /** Adds a user. */
  public void create(String name) {
    if (ids.putIfAbsent(name, names.size()) != null) {
      throw new IllegalStateException("user '" + name + "' was created twice");
    }
    names.add(name);
    followees.add(null);
  }

  /** From {@code index} on, one user follows another. */
  public void follow(int follower, int followee, long index) {
    Followees list = followees.get(follower);
    if (list == null) {
      list = new Followees();
      followees.set(follower, list);
    }
    list.add(followee, index);
  }

  /** One user no longer follows another. */
  public void unfollow(int follower, int followee) {
    followees(follower).remove(followee);
  }

  int existing(String name) {
    int id = idOf(name);
    if (id == UNKNOWN) {
      throw new IllegalStateException("the timeline names the user '" + name + "' before creation");
    }
    return id;
  }
}
