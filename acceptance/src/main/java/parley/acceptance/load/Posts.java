package parley.acceptance.load;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Optional;
import parley.acceptance.history.Event;
import parley.acceptance.history.PostText;
import parley.client.v1.Post;
import parley.proto.hw2.Message;

/**
 * The posts of the load as they go over the wire. A post is known by its author and its number
 * among theirs; text and time follow from these, so whatever is altered on the way is noticed.
 */
final class Posts {

  private static final String SET_STREAM = "Set Stream";
  private static final long FIRST_TIME = 1_000_000_000L;
  private static final String BEHIND_TIME = " :: ";
  private static final int SHOWN_CHARS_MAX = 80;

  private Posts() {}

  static Message opening(String user) {
    return message(user, SET_STREAM, 0);
  }

  static Message of(String author, int number) {
    return message(author, text(number), number);
  }

  private static Message message(String user, String text, int number) {
    return Message.newBuilder()
        .setUsername(user)
        .setMsg(text)
        .setTimestamp(Timestamp.newBuilder().setSeconds(FIRST_TIME + number))
        .build();
  }

  static String text(int number) {
    return PostText.of(number);
  }

  /** The author's own time of a post. */
  static Instant time(int number) {
    return Instant.ofEpochSecond(FIRST_TIME + number);
  }

  /** What a post is that the library delivered. */
  static Event delivered(int stream, Post post) {
    int number = number(post);
    return number >= 0
        ? new Event.Delivered(stream, post.author(), number, post.index())
        : strange(stream, post);
  }

  /** What a post is that a page of the library shows. */
  static Event listed(int stream, Post post) {
    int number = number(post);
    return number >= 0
        ? new Event.Listed(stream, post.author(), number, post.index())
        : strange(stream, post);
  }

  // -1 if it is altered.
  private static int number(Post post) {
    int number = PostText.lineOf(post.text());
    return number >= 0 && post.time().equals(Optional.of(time(number))) ? number : -1;
  }

  /** What a message is that arrived over a stream. */
  static Event recognise(int stream, Message message) {
    return message.getUsername().isEmpty() ? old(stream, message) : live(stream, message);
  }

  private static Event live(int stream, Message message) {
    int number = PostText.lineOf(message.getMsg());
    return number >= 0 && message.equals(of(message.getUsername(), number))
        ? new Event.Delivered(stream, message.getUsername(), number)
        : strange(stream, message);
  }

  // RFC3339-TIME :: AUTHOR:TEXT
  private static Event old(int stream, Message message) {
    String shown = message.getMsg();
    int author = shown.indexOf(BEHIND_TIME) + BEHIND_TIME.length();
    int text = shown.indexOf(':', author) + 1;
    if (author < BEHIND_TIME.length() || text == 0) {
      return strange(stream, message);
    }
    int number = PostText.lineOf(shown.substring(text));
    String time = time(number) + BEHIND_TIME;
    return number >= 0 && shown.startsWith(time) && !message.hasTimestamp()
        ? new Event.Shown(stream, shown.substring(author, text - 1), number)
        : strange(stream, message);
  }

  private static Event strange(int stream, Message message) {
    return strange(
        stream, message.getUsername(), message.getMsg(), message.getTimestamp().getSeconds());
  }

  private static Event strange(int stream, Post post) {
    return strange(stream, post.author(), post.text(), post.time());
  }

  private static Event strange(int stream, String author, String text, Object time) {
    String beginning = text.substring(0, Math.min(text.length(), SHOWN_CHARS_MAX));
    return new Event.Strange(stream, "'%s' said '%s' at %s".formatted(author, beginning, time));
  }
}
