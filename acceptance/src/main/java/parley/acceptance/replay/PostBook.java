package parley.acceptance.replay;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import parley.acceptance.history.Model;
import parley.acceptance.history.PostText;
import parley.proto.hw2.Message;
import parley.proto.hw2.MessengerServerGrpc;

/**
 * All posts as they go over the wire, made once. So sending costs no encoding, and most of what
 * arrives is recognised and verified by comparing bytes, without decoding: a test client must be
 * much cheaper than what it tests.
 *
 * <p>Immutable; any thread may use it.
 */
final class PostBook {

  /**
   * The user whose one post, made before anybody listens, tells every reader that their stream is
   * open.
   */
  static final String CALLER = "caller";

  static final String OPENING_TEXT = "is everybody here?";
  private static final long OPENING_TIME = 1_000_000_000L;
  private static final String SET_STREAM = "Set Stream";
  private static final int USERNAME_TAG = 0x0A;
  private static final int TEXT_TAG = 0x12;
  private static final int SHOWN_CHARS_MAX = 80;
  private static final int BUFFER_BYTES = 8_192;

  private static final Arrival OPENING = new Arrival.Opening();

  private final Model model;
  private final byte[][] messages;
  private final Arrival.Live[] lives;
  private final ThreadLocal<byte[]> buffers = ThreadLocal.withInitial(() -> new byte[BUFFER_BYTES]);
  private final MethodDescriptor<byte[], Arrival> chat;

  PostBook(Model model) {
    this.model = model;
    this.messages = new byte[model.posts()][];
    this.lives = new Arrival.Live[model.posts()];
    for (int line = 0; line < messages.length; line++) {
      messages[line] =
          message(model.name(model.author(line)), model.text(line), model.time(line)).toByteArray();
      lives[line] = new Arrival.Live(line);
    }
    this.chat =
        MessengerServerGrpc.getChatMethod().toBuilder(new RawBytes(), new ArrivalMarshaller())
            .build();
  }

  private static Message message(String user, String text, long seconds) {
    return Message.newBuilder()
        .setUsername(user)
        .setMsg(text)
        .setTimestamp(Timestamp.newBuilder().setSeconds(seconds))
        .build();
  }

  /** The Chat method for messages made and recognised by this book. */
  MethodDescriptor<byte[], Arrival> chat() {
    return chat;
  }

  /** A post, ready to be sent. Not to be changed. */
  byte[] message(int line) {
    return messages[line];
  }

  /** What opens the Chat of a user. */
  static byte[] setStream(String user) {
    return message(user, SET_STREAM, OPENING_TIME).toByteArray();
  }

  /** The caller's one post. */
  static byte[] opening() {
    return message(CALLER, OPENING_TEXT, OPENING_TIME).toByteArray();
  }

  /** What a server writes for a post made before a stream was opened. */
  String oldPost(int line) {
    return oldPost(model.time(line), model.name(model.author(line)), model.text(line));
  }

  private static String oldPost(long seconds, String author, String text) {
    return Instant.ofEpochSecond(seconds) + " :: " + author + ":" + text;
  }

  /** Recognises a message that arrived in the first bytes of an array. */
  Arrival recognise(byte[] bytes, int length) {
    int line = claimedLine(bytes, length);
    if (line >= 0 && Arrays.equals(bytes, 0, length, messages[line], 0, messages[line].length)) {
      return lives[line];
    }
    try {
      return recognise(Message.parser().parseFrom(bytes, 0, length));
    } catch (InvalidProtocolBufferException e) {
      return new Arrival.Strange("not a Message: " + e.getMessage());
    }
  }

  // A look at where the text would be if the message were written the usual way; -1 if it is not.
  private int claimedLine(byte[] bytes, int length) {
    if (length < 4 || bytes[0] != USERNAME_TAG || bytes[1] < 0) {
      return -1;
    }
    int at = 2 + bytes[1];
    if (at + 2 >= length || bytes[at] != TEXT_TAG) {
      return -1;
    }
    // The length of a text has one byte, or two if the first is "negative".
    int text = bytes[at + 1] < 0 ? at + 3 : at + 2;
    return knownLine(bytes, Math.min(text, length), length);
  }

  private int knownLine(byte[] utf8, int from, int to) {
    int line = PostText.lineOf(utf8, from, to);
    return line < messages.length ? line : -1;
  }

  private Arrival recognise(Message message) {
    if (message.getUsername().isEmpty()) {
      return recogniseOld(message);
    }
    byte[] text = message.getMsgBytes().toByteArray();
    int line = knownLine(text, 0, text.length);
    if (line >= 0
        && message.equals(
            message(model.name(model.author(line)), model.text(line), model.time(line)))) {
      return lives[line];
    }
    if (message.equals(message(CALLER, OPENING_TEXT, OPENING_TIME))) {
      return OPENING;
    }
    return strange(message);
  }

  private Arrival recogniseOld(Message message) {
    String shown = message.getMsg();
    if (message.hasTimestamp()) {
      return strange(message);
    }
    if (shown.equals(oldPost(OPENING_TIME, CALLER, OPENING_TEXT))) {
      return OPENING;
    }
    byte[] text = shown.substring(Math.max(0, shown.indexOf('#'))).getBytes(StandardCharsets.UTF_8);
    int line = knownLine(text, 0, text.length);
    return line >= 0 && shown.equals(oldPost(line)) ? new Arrival.Old(line) : strange(message);
  }

  private static Arrival strange(Message message) {
    String text = message.getMsg();
    return new Arrival.Strange(
        "'"
            + message.getUsername()
            + "' said '"
            + text.substring(0, Math.min(text.length(), SHOWN_CHARS_MAX))
            + "' at "
            + message.getTimestamp().getSeconds());
  }

  private final class ArrivalMarshaller implements MethodDescriptor.Marshaller<Arrival> {

    @Override
    public InputStream stream(Arrival value) {
      throw new UnsupportedOperationException("arrivals are only read");
    }

    @Override
    public Arrival parse(InputStream stream) {
      byte[] buffer = buffers.get();
      try {
        int length = stream.readNBytes(buffer, 0, buffer.length);
        if (length == buffer.length) {
          return new Arrival.Strange("a message of more than " + buffer.length + " bytes");
        }
        return recognise(buffer, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class RawBytes implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException("messages are only sent");
    }
  }
}
