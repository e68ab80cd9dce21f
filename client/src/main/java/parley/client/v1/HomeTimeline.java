package parley.client.v1;

import java.util.List;
import java.util.Optional;

/**
 * A part of somebody's home timeline, newest first.
 *
 * @param next where the page of older posts begins; empty on the last one
 * @param cursor where a subscription begins that goes on after the newest page
 */
public record HomeTimeline(List<Post> posts, Optional<String> next, String cursor) {
  public HomeTimeline {
    posts = List.copyOf(posts);
  }
}
