package parley.frontend.api;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import parley.proto.v1.Post;
import parley.proto.v1.WatchHomeTimelineResponse;

/**
 * WatchHomeTimelineResponse in its encoded form, made of posts as they are encoded once for all
 * their receivers: as hw2.Message, whose fields are the first ones of Post.
 */
final class HomeTimelineMessages {
  private HomeTimelineMessages() {}

  /** To go on behind this index. */
  static byte[] cursor(long index) {
    return WatchHomeTimelineResponse.newBuilder()
        .setCursor(Token.CURSOR.of(index))
        .build()
        .toByteArray();
  }

  /**
   * @param message the post as hw2.Message
   */
  static byte[] post(byte[] message, long index) {
    String cursor = Token.CURSOR.of(index);
    int postSize =
        message.length + CodedOutputStream.computeInt64Size(Post.INDEX_FIELD_NUMBER, index);
    int size =
        CodedOutputStream.computeTagSize(WatchHomeTimelineResponse.POST_FIELD_NUMBER)
            + CodedOutputStream.computeUInt32SizeNoTag(postSize)
            + postSize
            + CodedOutputStream.computeStringSize(
                WatchHomeTimelineResponse.CURSOR_FIELD_NUMBER, cursor);
    byte[] encoded = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(encoded);
    try {
      out.writeTag(
          WatchHomeTimelineResponse.POST_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(postSize);
      out.writeRawBytes(message);
      out.writeInt64(Post.INDEX_FIELD_NUMBER, index);
      out.writeString(WatchHomeTimelineResponse.CURSOR_FIELD_NUMBER, cursor);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    out.checkNoSpaceLeft();
    return encoded;
  }
}
