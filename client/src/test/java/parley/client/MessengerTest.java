package parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.client.Received.LivePost;
import parley.client.Received.OldPost;
import parley.proto.hw2.Message;

class MessengerTest {

  private FakeFrontend frontend;

  @BeforeEach
  void start() throws IOException {
    frontend = new FakeFrontend();
  }

  @AfterEach
  void stop() {
    frontend.close();
  }

  @Test
  void usesTheFirstServerThatAnswers() throws Exception {
    try (Messenger messenger = Messenger.connect(List.of(nobody(), frontend.address()))) {
      assertThat(messenger.server()).isEqualTo(frontend.address().toString());
      assertThat(messenger.login("alice")).isEqualTo("Login Successful!");
    }
  }

  @Test
  void namesAllServersWhenNoneAnswers() throws Exception {
    ServerAddress nobody = nobody();
    assertThatThrownBy(() -> Messenger.connect(List.of(nobody)))
        .isInstanceOf(MessengerException.class)
        .hasMessageContaining(nobody.toString());
  }

  @Test
  void givesTheServersReasonForARefusal() throws Exception {
    try (Messenger messenger = Messenger.connect(List.of(frontend.address()))) {
      assertThatThrownBy(() -> messenger.join("alice", "unlucky"))
          .isInstanceOfSatisfying(
              MessengerException.class,
              e -> assertThat(e.kind()).isEqualTo(MessengerException.Kind.REFUSED))
          .hasMessage("'unlucky' will not do");
    }
  }

  @Test
  void chatOpensWithSetStreamAndSendsPostsInOrder() throws Exception {
    try (Messenger messenger = Messenger.connect(List.of(frontend.address()))) {
      Chat chat = messenger.chat("alice", post -> {});
      chat.post("one");
      chat.post("");
      chat.leave();
    }
    assertThat(frontend.chatted())
        .extracting(Message::getMsg)
        .containsExactly("Set Stream", "one", "");
    assertThat(frontend.chatted()).extracting(Message::getUsername).containsOnly("alice");
    assertThat(frontend.chatted()).allMatch(message -> message.getTimestamp().getSeconds() > 0);
    assertThat(frontend.calls()).contains("half-close");
  }

  @Test
  void chatTellsOldPostsFromLiveOnes() throws Exception {
    BlockingQueue<Received> received = new ArrayBlockingQueue<>(10);
    try (Messenger messenger = Messenger.connect(List.of(frontend.address()))) {
      Chat chat = messenger.chat("alice", received::add);
      frontend.deliver(Message.newBuilder().setMsg("2026-01-01T00:00:00Z :: bob:old").build());
      frontend.deliver(
          Message.newBuilder()
              .setUsername("bob")
              .setMsg("new")
              .setTimestamp(Timestamp.newBuilder().setSeconds(5))
              .build());
      assertThat(received.poll(10, TimeUnit.SECONDS))
          .isEqualTo(new OldPost("2026-01-01T00:00:00Z :: bob:old"));
      assertThat(received.poll(10, TimeUnit.SECONDS))
          .isEqualTo(new LivePost("bob", "new", Optional.of(Instant.ofEpochSecond(5))));
      chat.leave();
    }
  }

  @Test
  void brokenChatIsToldToThePoster() throws Exception {
    CountDownLatch broken = new CountDownLatch(1);
    try (Messenger messenger = Messenger.connect(List.of(frontend.address()))) {
      Chat chat = messenger.chat("alice", post -> {});
      chat.whenBroken(broken::countDown);
      frontend.breakChat(Status.INVALID_ARGUMENT.withDescription("text too long"));
      assertThat(broken.await(10, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> chat.post("more")).hasMessage("text too long");
      assertThatThrownBy(chat::leave).hasMessage("text too long");
    }
  }

  private static ServerAddress nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return new ServerAddress("127.0.0.1", socket.getLocalPort());
    }
  }
}
