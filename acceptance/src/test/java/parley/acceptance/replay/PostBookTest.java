package parley.acceptance.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import org.junit.jupiter.api.Test;
import parley.acceptance.history.Model;
import parley.acceptance.history.Trace;
import parley.proto.hw2.Message;

class PostBookTest {

  private static final Model MODEL = new Model(Trace.ofCollegeMessages().first(500));
  private final PostBook book = new PostBook(MODEL);

  @Test
  void everyPostIsRecognisedByItsBytes() {
    for (int line = 0; line < MODEL.posts(); line++) {
      assertThat(recognise(book.message(line))).isEqualTo(new Arrival.Live(line));
    }
  }

  @Test
  void postWrittenInAnotherOrderOfFieldsIsTheSame() throws Exception {
    Message post = Message.parseFrom(book.message(7));
    ByteString text = Message.newBuilder().setMsg(post.getMsg()).build().toByteString();
    ByteString rest = post.toBuilder().clearMsg().build().toByteString();
    assertThat(recognise(text.concat(rest).toByteArray())).isEqualTo(new Arrival.Live(7));
  }

  @Test
  void everyOldPostIsRecognised() {
    for (int line = 0; line < MODEL.posts(); line++) {
      Message old = Message.newBuilder().setMsg(book.oldPost(line)).build();
      assertThat(recognise(old.toByteArray())).isEqualTo(new Arrival.Old(line));
    }
  }

  @Test
  void whateverIsAlteredIsStrange() throws Exception {
    Message post = Message.parseFrom(book.message(7));
    Timestamp later = post.getTimestamp().toBuilder().setSeconds(1).build();
    assertStrange(post.toBuilder().setMsg(post.getMsg() + " ").build());
    assertStrange(post.toBuilder().setMsg("#8 " + post.getMsg()).build());
    assertStrange(post.toBuilder().setMsg("").build());
    assertStrange(post.toBuilder().setUsername("somebody").build());
    assertStrange(post.toBuilder().setTimestamp(later).build());
    assertStrange(post.toBuilder().clearTimestamp().build());
    assertStrange(Message.newBuilder().setMsg(book.oldPost(7) + "!").build());
    assertStrange(Message.newBuilder().setMsg(book.oldPost(7)).setTimestamp(later).build());
    assertStrange(Message.getDefaultInstance());
    assertThat(recognise(new byte[] {0x0A, 0x7F, 1})).isInstanceOf(Arrival.Strange.class);
  }

  @Test
  void callersPostIsRecognised() {
    assertThat(recognise(PostBook.opening())).isInstanceOf(Arrival.Opening.class);
  }

  private void assertStrange(Message message) {
    assertThat(recognise(message.toByteArray())).isInstanceOf(Arrival.Strange.class);
  }

  private Arrival recognise(byte[] bytes) {
    return book.recognise(bytes, bytes.length);
  }
}
