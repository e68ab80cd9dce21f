package parley.frontend.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.frontend.fake.FakeCluster;
import parley.frontend.fake.TestClient;
import parley.frontend.fake.TestClient.ChatStream;
import parley.proto.hw2.Reply;

/** Who counts as connected, over two frontends. */
class PresenceTest {
  private static FakeCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = new FakeCluster();
  }

  @AfterAll
  static void stop() {
    cluster.close();
    assertThat(cluster.ends()).isEmpty();
  }

  private static void assertFree(String name) {
    assertThat(cluster.client(2).login(name)).isEqualTo("Welcome Back " + name);
  }

  @Test
  void theNameOfAKilledClientIsFreeAtOnceAlsoIfItNeverOpenedAChat() {
    TestClient client = cluster.client(1);
    client.login("killed");
    client.close();
    await().until(() -> !cluster.store().isHeld("killed"));
    assertFree("killed");
  }

  @Test
  void theNameOfAClientKilledDuringItsChatIsFreeAtOnce() {
    TestClient client = cluster.client(1);
    client.login("killed-chat");
    client.chat("killed-chat");
    client.close();
    await().until(() -> !cluster.store().isHeld("killed-chat"));
    assertFree("killed-chat");
  }

  @Test
  void aChatThatIsCancelledEndsTheLoginOfItsConnection() {
    TestClient client = cluster.client(1);
    client.login("cancelled");
    ChatStream chat = client.chat("cancelled");
    chat.post("cancelled", "seen");
    await().until(() -> !cluster.store().posts("cancelled").isEmpty());
    chat.cancel();
    await().until(() -> !cluster.store().isHeld("cancelled"));
    assertFree("cancelled");
  }

  @Test
  void afterTheStreamHasEndedWithOkTheNextLoginCannotRaceIt() {
    for (int i = 0; i < 20; i++) {
      TestClient client = cluster.client(1 + i % 2);
      assertThat(client.login("racer")).isNotEqualTo("Invalid Username");
      ChatStream chat = client.chat("racer");
      chat.post("racer", "x");
      chat.halfClose();
      assertThat(chat.end().isOk()).isTrue();
    }
  }

  @Test
  void theNameIsRefusedOnlyAfterItsHolderHasConfirmed() {
    cluster.client(1).login("confirmed");
    assertThat(cluster.client(2).login("confirmed")).isEqualTo("Invalid Username");
    assertThat(cluster.client(1).login("confirmed")).isEqualTo("Invalid Username");
  }

  @Test
  void aHolderWhoseClientHasGoneIsAskedAndDenies() throws Exception {
    TestClient client = cluster.client(1);
    client.login("denied");
    cluster.client(2);
    cluster.store().hold();
    try {
      // The release cannot reach the primary, and yet the name is free for who asks.
      client.close();
      ListenableFuture<Reply> login = cluster.client(2).later().login(TestClient.request("denied"));
      await().until(() -> cluster.store().waiting() >= 2);
      cluster.store().release();
      assertThat(login.get().getMsg()).isEqualTo("Welcome Back denied");
    } finally {
      cluster.store().release();
    }
  }

  @Test
  void aChatByWhoDidNotLogInOnThisConnectionIsServedAndCountsAsConnected() {
    cluster.store().createUsers("chat-only");
    TestClient client = cluster.client(1);
    ChatStream chat = client.chat("chat-only");
    chat.post("chat-only", "served");
    await().until(() -> cluster.store().posts("chat-only").contains("served"));
    await().until(() -> cluster.store().isHeld("chat-only"));
    assertThat(cluster.client(2).login("chat-only")).isEqualTo("Invalid Username");
    chat.halfClose();
    assertThat(chat.end().isOk()).isTrue();
    assertFree("chat-only");
  }

  @Test
  void aChatOnAnotherConnectionLeavesTheLoginAlone() {
    TestClient login = cluster.client(1);
    login.login("both");
    ChatStream chat = cluster.client(1).chat("both");
    chat.halfClose();
    assertThat(chat.end().isOk()).isTrue();
    assertThat(cluster.client(2).login("both")).isEqualTo("Invalid Username");
    login.close();
    await().until(() -> !cluster.store().isHeld("both"));
    assertFree("both");
  }
}
