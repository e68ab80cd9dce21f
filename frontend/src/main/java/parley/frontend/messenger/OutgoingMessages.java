package parley.frontend.messenger;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import parley.frontend.store.Command;
import parley.frontend.store.EventDecoder;
import parley.proto.hw2.Message;

/** How posts look to the clients that receive them; stateless, any thread may call. */
public final class OutgoingMessages implements EventDecoder.PostEncoder {

  /** The post as its author sent it: for live delivery. */
  @Override
  public byte[] encode(Command.Post post) {
    Message.Builder message = Message.newBuilder().setUsername(post.author()).setMsg(post.text());
    if (post.hasTime()) {
      message.setTimestamp(
          Timestamp.newBuilder().setSeconds(post.seconds()).setNanos(post.nanos()));
    }
    return message.build().toByteArray();
  }

  /** The post as one line of text: for the history that a Chat begins with. */
  static byte[] encodeAsHistory(Command.Post post) {
    return Message.newBuilder()
        .setMsg(time(post) + " :: " + post.author() + ":" + post.text())
        .build()
        .toByteArray();
  }

  /** Clients send what they like: a time outside the calendar is shown as its nearest end. */
  private static Instant time(Command.Post post) {
    try {
      return Instant.ofEpochSecond(post.seconds(), post.nanos());
    } catch (DateTimeException | ArithmeticException e) {
      return post.seconds() < 0 ? Instant.MIN : Instant.MAX;
    }
  }
}
