package parley.client.traffic;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Who posts, who follows whom, and what is posted when.
 *
 * @param authors who posts
 * @param followees by follower: whom they follow, and whose posts they must be handed
 * @param posts how many posts are made
 * @param post each of them by its number, from 0, in order of time
 */
public record TrafficPlan(
    Set<String> authors,
    Map<String, Set<String>> followees,
    long posts,
    LongFunction<PlannedPost> post) {

  /** All who must exist. */
  Set<String> users() {
    Set<String> users = new LinkedHashSet<>(authors);
    followees.forEach(
        (follower, followed) -> {
          users.add(follower);
          users.addAll(followed);
        });
    return users;
  }

  /** How many posts are handed to followers, all together. */
  public long deliveries() {
    Map<String, Long> followers =
        followees.values().stream()
            .flatMap(Set::stream)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return LongStream.range(0, posts)
        .map(i -> followers.getOrDefault(post.apply(i).author(), 0L))
        .sum();
  }
}
