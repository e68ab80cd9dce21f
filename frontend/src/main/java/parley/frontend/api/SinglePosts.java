package parley.frontend.api;

import io.grpc.Metadata;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import parley.frontend.call.InputRules;
import parley.frontend.call.InvalidInput;
import parley.frontend.call.OpenCalls;
import parley.frontend.call.Parts;
import parley.frontend.call.UnaryCall;
import parley.frontend.store.Command;
import parley.frontend.store.Lane;
import parley.frontend.store.Outcome;
import parley.frontend.store.PlacedPost;
import parley.proto.v1.CreatePostRequest;
import parley.proto.v1.Post;

/**
 * CreatePost: each call is a writer of its own, named by its request_id, with one post. Owned by
 * the loop.
 */
final class SinglePosts {
  private static final int REQUEST_ID_BYTES_MAX = 64;
  private static final long SEQUENCE = 1;

  /** Also those count whose clients have given up meanwhile. */
  static final int UNDER_WAY_MAX = 10_000;

  private final Parts parts;
  private final Readings readings;
  private final EarlierPosts earlierPosts;
  private int underWay;

  SinglePosts(Parts parts, Readings readings, EarlierPosts earlierPosts) {
    this.parts = parts;
    this.readings = readings;
    this.earlierPosts = earlierPosts;
  }

  void create(UnaryCall<?, Post> call, CreatePostRequest request) throws InvalidInput {
    parts.rules().checkName("author", request.getAuthor());
    parts.rules().checkText("text", request.getText());
    checkRequestId(request.getRequestId());
    Command.Post post =
        Posts.command(
            request.getAuthor(),
            request.getText(),
            request.getAuthorTime(),
            request.hasAuthorTime(),
            writer(request.getRequestId()),
            SEQUENCE);
    readings.whenKnown(
        call, () -> submit(call, post), new NamedUser("author", request.getAuthor()));
  }

  /** Never 0, which stands for none. */
  static long writer(String requestId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(requestId.getBytes(StandardCharsets.UTF_8));
      long writer = ByteBuffer.wrap(digest).getLong();
      return writer == 0 ? 1 : writer;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void submit(UnaryCall<?, Post> call, Command.Post post) {
    if (underWay == UNDER_WAY_MAX) {
      call.fail(OpenCalls.TOO_MANY, new Metadata());
      return;
    }
    underWay++;
    Lane lane =
        parts
            .outbox()
            .placedLane(
                (command, outcome, index) -> {
                  underWay--;
                  onPlaced(call, new PlacedPost(index, post), outcome);
                });
    lane.add(post);
    call.onGone(() -> underWay -= lane.withdraw());
  }

  private void onPlaced(UnaryCall<?, Post> call, PlacedPost post, Outcome outcome) {
    switch (outcome) {
      case DONE -> call.reply(Posts.encode(post));
      case ALREADY_POSTED -> replyWithOriginal(call, post);
      default ->
          throw new IllegalStateException(
              "the only post of a writer, by a user who exists, came to " + outcome);
    }
  }

  /**
   * @param unplaced what is known if the original is not found any more
   */
  private void replyWithOriginal(UnaryCall<?, Post> call, PlacedPost unplaced) {
    Command.Post post = unplaced.post();
    earlierPosts.find(
        call,
        post.author(),
        post.writer(),
        () -> Long.MAX_VALUE,
        found -> call.reply(Posts.encode(found.getOrDefault(SEQUENCE, unplaced))));
  }

  private static void checkRequestId(String id) throws InvalidInput {
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0) {
      throw new InvalidInput(
          "request_id", "the request_id is empty; without one the call cannot be repeated safely");
    }
    if (bytes > REQUEST_ID_BYTES_MAX) {
      throw new InvalidInput(
          "request_id",
          "the request_id %s has %d bytes of UTF-8; at most %d are allowed"
              .formatted(InputRules.shown(id), bytes, REQUEST_ID_BYTES_MAX));
    }
  }
}
