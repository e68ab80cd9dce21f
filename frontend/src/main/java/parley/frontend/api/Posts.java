package parley.frontend.api;

import com.google.protobuf.Timestamp;
import parley.frontend.store.Command;
import parley.frontend.store.PlacedPost;
import parley.proto.v1.Post;

/** How posts come in and go out. */
final class Posts {
  private Posts() {}

  static Command.Post command(
      String author, String text, Timestamp time, boolean hasTime, long writer, long sequence) {
    return new Command.Post(
        author, text, time.getSeconds(), time.getNanos(), hasTime, writer, sequence);
  }

  static Post encode(PlacedPost placed) {
    Command.Post post = placed.post();
    Post.Builder encoded =
        Post.newBuilder().setAuthor(post.author()).setText(post.text()).setIndex(placed.index());
    if (post.hasTime()) {
      encoded.setAuthorTime(
          Timestamp.newBuilder().setSeconds(post.seconds()).setNanos(post.nanos()));
    }
    return encoded.build();
  }
}
