package parley.frontend.delivery;

import java.util.List;

/**
 * All users and follows as of one index, as a replica tells them once.
 *
 * @param names in order of creation
 * @param follows in each follower's order of following
 */
public record GraphSnapshot(long index, List<String> names, List<Edge> follows) {

  /** Who follows whom since which index; users by their place in {@code names}. */
  public record Edge(int follower, int followee, long since) {}
}
