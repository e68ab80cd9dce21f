package parley.client.traffic;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import parley.client.v1.Post;

/**
 * What one follower is handed: checks each post as it comes, and at the end that none is missing.
 * Thread-safe.
 */
final class FollowerLog implements Consumer<Post> {

  private final String follower;
  private final String run;
  private final Faults faults;
  private final LongConsumer onDelivered;
  // By author: the number of the post handed over last.
  private final Map<String, Long> last = new HashMap<>();
  private long lastIndex;

  /**
   * @param onDelivered is told of each post when it was planned
   */
  FollowerLog(
      String follower, Set<String> followees, String run, Faults faults, LongConsumer onDelivered) {
    this.follower = follower;
    this.run = run;
    this.faults = faults;
    this.onDelivered = onDelivered;
    followees.forEach(followee -> last.put(followee, 0L));
  }

  @Override
  public void accept(Post post) {
    Optional<Mark> mark = Mark.parse(run, post.text());
    if (mark.isEmpty()) {
      return;
    }
    check(post, mark.get());
    onDelivered.accept(mark.get().plannedNanos());
  }

  private synchronized void check(Post post, Mark mark) {
    Long before = last.get(post.author());
    if (before == null) {
      faults.add("%s was handed a post by %s".formatted(follower, post.author()));
      return;
    }
    if (mark.number() != before + 1) {
      faults.add(
          "%s was handed post %d by %s after post %d"
              .formatted(follower, mark.number(), post.author(), before));
    }
    if (post.index() <= lastIndex) {
      faults.add(
          "%s was handed index %d after index %d".formatted(follower, post.index(), lastIndex));
    }
    last.put(post.author(), mark.number());
    lastIndex = post.index();
  }

  /** To be called at the end, with how many posts of each author are safe. */
  synchronized void checkAllHaveCome(Map<String, Long> committed) {
    last.forEach(
        (author, number) -> {
          long expected = committed.getOrDefault(author, 0L);
          if (number < expected) {
            faults.add(
                "%s was handed posts by %s up to %d, but not up to %d"
                    .formatted(follower, author, number, expected));
          }
        });
  }
}
