package parley.client.v1;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.proto.v1.ListHomeTimelineResponse;
import parley.proto.v1.User;

/** Between the interface's messages and the library's records. */
final class Messages {

  private Messages() {}

  static Post post(parley.proto.v1.Post post) {
    return new Post(
        post.getAuthor(),
        post.getText(),
        post.hasAuthorTime() ? instant(post.getAuthorTime()) : Optional.empty(),
        post.getIndex());
  }

  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  static Page<String> users(List<User> users, String next) {
    return new Page<>(users.stream().map(User::getName).toList(), token(next));
  }

  static Page<Post> posts(List<parley.proto.v1.Post> posts, String next) {
    return new Page<>(posts.stream().map(Messages::post).toList(), token(next));
  }

  static HomeTimeline homeTimeline(ListHomeTimelineResponse response) {
    return new HomeTimeline(
        response.getPostsList().stream().map(Messages::post).toList(),
        token(response.getNextPageToken()),
        response.getCursor());
  }

  private static Optional<String> token(String token) {
    return token.isEmpty() ? Optional.empty() : Optional.of(token);
  }

  // Old clients may send any number as a time.
  private static Optional<Instant> instant(Timestamp time) {
    try {
      return Optional.of(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()));
    } catch (DateTimeException | ArithmeticException noTime) {
      return Optional.empty();
    }
  }
}
