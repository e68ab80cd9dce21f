package parley.acceptance.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.acceptance.history.Event;
import parley.client.v1.Post;
import parley.proto.hw2.Message;

class PostsTest {

  @Test
  void livePostIsRecognised() {
    for (int number = 0; number < 500; number++) {
      assertThat(Posts.recognise(7, Posts.of("ann", number)))
          .isEqualTo(new Event.Delivered(7, "ann", number));
    }
  }

  @Test
  void oldPostIsRecognised() {
    assertThat(Posts.recognise(7, old(42))).isEqualTo(new Event.Shown(7, "ann", 42));
  }

  @Test
  void whateverIsAlteredIsStrange() {
    Message post = Posts.of("ann", 42);
    assertStrange(post.toBuilder().setMsg(post.getMsg() + " ").build());
    assertStrange(post.toBuilder().setMsg("").build());
    assertStrange(post.toBuilder().clearTimestamp().build());
    assertStrange(post.toBuilder().setTimestamp(Posts.of("ann", 43).getTimestamp()).build());
    assertStrange(old(42).toBuilder().setTimestamp(post.getTimestamp()).build());
    assertStrange(Message.newBuilder().setMsg(old(42).getMsg() + ".").build());
    assertStrange(Message.newBuilder().setMsg("2" + old(42).getMsg()).build());
    assertStrange(Message.getDefaultInstance());
  }

  @Test
  void postOfTheLibraryIsRecognisedAndWhateverIsAlteredIsStrange() {
    Post post = post("ann", Posts.text(42), Posts.time(42));
    assertThat(Posts.delivered(7, post)).isEqualTo(new Event.Delivered(7, "ann", 42, 99));
    assertThat(Posts.listed(7, post)).isEqualTo(new Event.Listed(7, "ann", 42, 99));
    for (Post altered :
        List.of(
            post("ann", Posts.text(42) + " ", Posts.time(42)),
            post("ann", Posts.text(42), Posts.time(43)),
            new Post("ann", Posts.text(42), Optional.empty(), 99))) {
      assertThat(Posts.delivered(7, altered)).isInstanceOf(Event.Strange.class);
      assertThat(Posts.listed(7, altered)).isInstanceOf(Event.Strange.class);
    }
  }

  private static Post post(String author, String text, Instant time) {
    return new Post(author, text, Optional.of(time), 99);
  }

  private static Message old(int number) {
    Message post = Posts.of("ann", number);
    String time = Instant.ofEpochSecond(post.getTimestamp().getSeconds()).toString();
    return Message.newBuilder().setMsg(time + " :: ann:" + post.getMsg()).build();
  }

  private static void assertStrange(Message message) {
    assertThat(Posts.recognise(7, message)).isInstanceOf(Event.Strange.class);
  }
}
