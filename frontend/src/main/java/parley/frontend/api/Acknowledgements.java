package parley.frontend.api;

import java.util.ArrayDeque;
import java.util.Map;
import parley.frontend.store.PlacedPost;
import parley.proto.v1.StreamPostsResponse;
import parley.proto.v1.StreamPostsResponse.Acknowledgement;

/**
 * The acknowledgements that one stream of posts has to send, in the order of its posts. Those whose
 * posts had come through before wait until somebody has found out where these stand, and all later
 * ones behind them.
 *
 * <p>Owned by the loop; bounded by the posts that the stream may have under way.
 */
final class Acknowledgements {
  private static final long UNKNOWN_INDEX = -1;

  private record Waiting(long sequence, long index) {}

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  /** What has been found, and up to which sequence number nothing more can be. */
  private Map<Long, PlacedPost> found = Map.of();

  private long foundUpTo;

  /** The post has taken effect. */
  void addPlaced(long sequence, long index) {
    waiting.add(new Waiting(sequence, index));
  }

  /** The post had come through before. */
  void addEarlier(long sequence) {
    waiting.add(new Waiting(sequence, UNKNOWN_INDEX));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether the next one waits for {@link #onFound}. */
  boolean mustFind() {
    return !waiting.isEmpty() && !isReady(waiting.peek());
  }

  /** The highest number among the posts at the front whose places are to be found. */
  long mustFindUpTo() {
    return waiting.stream()
        .takeWhile(next -> next.index == UNKNOWN_INDEX)
        .mapToLong(Waiting::sequence)
        .max()
        .orElse(0);
  }

  /** The posts at the front whose places are to be found stand before this index. */
  long mustFindBefore() {
    // A writer's posts take effect in order: whatever comes behind one, stands behind it.
    return waiting.stream()
        .filter(next -> next.index != UNKNOWN_INDEX)
        .mapToLong(Waiting::index)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  /**
   * Takes what was found of the writer's posts, by sequence number.
   *
   * @param upTo {@link #mustFindUpTo} when the search began: of these, what was not found is too
   *     old to be found at all
   */
  void onFound(Map<Long, PlacedPost> posts, long upTo) {
    found = posts;
    // The writer's posts are in order: whatever is below the highest one found was there to see.
    foundUpTo = Math.max(upTo, posts.keySet().stream().mapToLong(n -> n).max().orElse(0));
  }

  /** Takes out those that can be sent now. */
  StreamPostsResponse poll() {
    StreamPostsResponse.Builder response = StreamPostsResponse.newBuilder();
    while (!waiting.isEmpty() && isReady(waiting.peek())) {
      Waiting next = waiting.poll();
      response.addAcknowledgements(
          Acknowledgement.newBuilder().setSequence(next.sequence).setIndex(index(next)));
    }
    return response.build();
  }

  private boolean isReady(Waiting next) {
    return next.index != UNKNOWN_INDEX || next.sequence <= foundUpTo;
  }

  private long index(Waiting next) {
    if (next.index != UNKNOWN_INDEX) {
      return next.index;
    }
    PlacedPost post = found.get(next.sequence);
    return post == null ? 0 : post.index();
  }
}
