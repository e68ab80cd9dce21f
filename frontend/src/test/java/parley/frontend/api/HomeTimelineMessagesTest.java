package parley.frontend.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.frontend.messenger.OutgoingMessages;
import parley.frontend.store.Command;
import parley.proto.v1.Post;
import parley.proto.v1.WatchHomeTimelineResponse;

/** What is encoded once for all receivers reads as a parley.v1.Post. */
class HomeTimelineMessagesTest {

  private static WatchHomeTimelineResponse sent(Command.Post post, long index)
      throws InvalidProtocolBufferException {
    return WatchHomeTimelineResponse.parseFrom(
        HomeTimelineMessages.post(new OutgoingMessages().encode(post), index));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 127, 128, 1L << 40, Long.MAX_VALUE})
  void aPostHasAllItsFields(long index) throws InvalidProtocolBufferException {
    assertThat(sent(new Command.Post("ännchen", "t\n".repeat(2_000), -5, 999, true), index))
        .isEqualTo(
            WatchHomeTimelineResponse.newBuilder()
                .setPost(
                    Post.newBuilder()
                        .setAuthor("ännchen")
                        .setText("t\n".repeat(2_000))
                        .setAuthorTime(Timestamp.newBuilder().setSeconds(-5).setNanos(999))
                        .setIndex(index))
                .setCursor(Token.CURSOR.of(index))
                .build());
  }

  @Test
  void anEmptyPostWithoutATimeHasNone() throws InvalidProtocolBufferException {
    assertThat(sent(new Command.Post("a", "", 0, 0, false), 3).getPost())
        .isEqualTo(Post.newBuilder().setAuthor("a").setIndex(3).build());
  }

  @Test
  void aMessageThatMovesTheCursorHasNoPost() throws InvalidProtocolBufferException {
    assertThat(WatchHomeTimelineResponse.parseFrom(HomeTimelineMessages.cursor(36)))
        .isEqualTo(WatchHomeTimelineResponse.newBuilder().setCursor("c1.10").build());
  }
}
