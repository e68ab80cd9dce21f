package parley.client;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Optional;
import parley.proto.hw2.Message;

/** What a chat brings its reader: first some old posts, then live ones. */
public sealed interface Received {

  /**
   * A post made before the chat was opened.
   *
   * @param line as the server wrote it: {@code RFC3339-TIME :: AUTHOR:TEXT}
   */
  record OldPost(String line) implements Received {}

  /**
   * A post made since.
   *
   * @param time the author's own clock, if the author sent one that denotes a time
   */
  record LivePost(String author, String text, Optional<Instant> time) implements Received {}

  static Received of(Message message) {
    return message.getUsername().isEmpty()
        ? new OldPost(message.getMsg())
        : new LivePost(message.getUsername(), message.getMsg(), time(message));
  }

  private static Optional<Instant> time(Message message) {
    Timestamp stamp = message.getTimestamp();
    boolean denotesTime =
        message.hasTimestamp()
            && stamp.getSeconds() >= Instant.MIN.getEpochSecond()
            && stamp.getSeconds() < Instant.MAX.getEpochSecond();
    return denotesTime
        ? Optional.of(Instant.ofEpochSecond(stamp.getSeconds(), stamp.getNanos()))
        : Optional.empty();
  }
}
