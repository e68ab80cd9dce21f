package parley.frontend.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.frontend.fake.FakeCluster;
import parley.frontend.fake.FakeStore;
import parley.frontend.fake.TestClient;
import parley.frontend.fake.TestClient.ChatStream;
import parley.proto.hw2.Reply;

/** From the log to followers of all speeds, and from flooding clients to the log. */
class DeliveryTest {
  private FakeCluster cluster;
  private FakeStore store;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = new FakeCluster();
    store = cluster.store();
    client = cluster.client(2);
    client.login("reader");
    client.login("author");
    client.join("reader", "author");
  }

  @AfterEach
  void stop() {
    cluster.close();
    assertThat(cluster.ends()).isEmpty();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private ChatStream openReader(int messages) {
    ChatStream reader = client.openChat(messages);
    reader.send("reader", "Set Stream");
    await().until(() -> store.isHeld("reader") && store.historyQuestions() > 0);
    return reader;
  }

  @Test
  void aSlowFollowerHoldsNobodyUpAndGetsEverythingInTheEnd() {
    ChatStream slow = openReader(0);
    client.login("fast");
    client.join("fast", "author");
    ChatStream fast = client.chat("fast");
    await().until(() -> store.historyQuestions() > 1);
    String padding = "x".repeat(500);
    int posts = 3_000;
    IntStream.range(0, posts).forEach(i -> store.post("author", i + padding));
    await().until(() -> fast.received().size() == posts);
    assertThat(slow.received()).isEmpty();
    for (int taken = 0; taken < posts; taken += 500) {
      slow.take(500);
      int expected = taken + 500;
      await().until(() -> slow.received().size() == expected);
    }
    assertThat(slow.texts().stream().map(text -> text.replace("x", ""))).isEqualTo(numbers(posts));
  }

  @Test
  void aFollowerGoesOnWhereItsHostsReplicaIsCutOff() {
    ChatStream reader = openReader(Integer.MAX_VALUE);
    await().until(() -> store.followersOf(2) == 1);
    store.cutOff(2);
    IntStream.range(0, 500).forEach(i -> store.post("author", Integer.toString(i)));
    await().until(() -> reader.received().size() == 500);
    assertThat(store.followersOf(2)).isZero();
    store.heal(2);
    IntStream.range(500, 900).forEach(i -> store.post("author", Integer.toString(i)));
    await().until(() -> store.followersOf(2) == 1);
    IntStream.range(900, 1_000).forEach(i -> store.post("author", Integer.toString(i)));
    await().until(() -> reader.received().size() >= 1_000);
    assertThat(reader.texts()).isEqualTo(numbers(1_000));
  }

  @Test
  void aReplicaThatSaysItIsFineAndSendsNothingIsLeft() {
    ChatStream reader = openReader(Integer.MAX_VALUE);
    await().until(() -> store.followersOf(2) == 1);
    store.stopFollows(2);
    store.post("author", "hello");
    await().until(() -> reader.texts().contains("hello"));
    assertThat(store.followersOf(2)).isZero();
  }

  @Test
  void aFloodOnOneStreamDoesNotStarveTheCallsOfOthers() throws Exception {
    ChatStream flood = client.chat("author");
    await().until(() -> store.isHeld("author"));
    store.hold();
    IntStream.range(0, 5_000).forEach(i -> flood.post("author", Integer.toString(i)));
    await().until(() -> store.waiting() > 0);
    TestClient other = cluster.client(2);
    ListenableFuture<Reply> join = other.later().join(TestClient.request("author", "reader"));
    other.awaitTaken();
    flood.halfClose();
    store.release();
    assertThat(join.get().getMsg()).isEqualTo("Join Successful");
    assertThat(flood.end().isOk()).isTrue();
    assertThat(store.posts("author")).isEqualTo(numbers(5_000));
    assertThat(store.commandsBeforeLastFollow()).isLessThan(2_500);
  }

  @Test
  void aFloodingClientIsMadeToWait() {
    ChatStream flood = client.chat("author");
    await().until(() -> store.isHeld("author"));
    store.hold();
    String text = "x".repeat(1_000);
    int sent = 0;
    while (flood.isReady() && sent < 50_000) {
      flood.post("author", text);
      sent++;
    }
    assertThat(sent).as("flow control stops it").isLessThan(50_000);
    store.release();
    flood.halfClose();
    assertThat(flood.end().isOk()).isTrue();
    assertThat(store.posts("author")).hasSize(sent);
  }

  @Test
  void aFrontendThatStartsLaterKnowsWhoFollowsWhom() {
    store.post("author", "seen by all");
    TestClient other = cluster.client(3);
    assertThat(other.list("reader").getJoinedRoomsList()).containsExactly("author");
    ChatStream chat = other.chat("reader");
    await().until(() -> !chat.received().isEmpty());
    assertThat(chat.texts()).containsExactly("1970-01-01T00:00:00Z :: author:seen by all");
  }
}
