package parley.frontend.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.frontend.fake.Details.assertInvalid;
import static parley.frontend.fake.Details.assertNoUser;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.frontend.fake.FakeCluster;
import parley.frontend.fake.FakeStore;
import parley.frontend.fake.ParleyClient;
import parley.frontend.fake.ParleyClient.WatchStream;
import parley.frontend.fake.TestClient;
import parley.frontend.fake.TestClient.ChatStream;
import parley.proto.v1.ListHomeTimelineRequest;
import parley.proto.v1.Post;
import parley.proto.v1.WatchHomeTimelineResponse;

/** WatchHomeTimeline: from a cursor on, everything once, in order, at any frontend. */
class HomeTimelineWatchTest {
  private FakeCluster cluster;
  private FakeStore store;
  private ParleyClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = new FakeCluster();
    store = cluster.store();
    client = cluster.parleyClient(1);
    store.createUsers("reader", "ann", "bob");
    store.follow("reader", "ann");
  }

  @AfterEach
  void stop() {
    cluster.close();
    assertThat(cluster.ends()).isEmpty();
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private void post(String author, int from, int to) {
    IntStream.range(from, to).forEach(i -> store.post(author, Integer.toString(i)));
  }

  /** A watch that has begun. */
  private static WatchStream open(ParleyClient client, String user, String cursor) {
    WatchStream watch = client.watch(user, cursor);
    await().until(() -> !watch.received().isEmpty());
    return watch;
  }

  private static void awaitTexts(WatchStream watch, List<String> texts) {
    await().until(() -> watch.texts().size() >= texts.size());
    assertThat(watch.texts()).isEqualTo(texts);
  }

  @Test
  void withoutACursorOnlyWhatIsPostedFromNowOnComes() {
    store.post("ann", "before");
    WatchStream watch = open(client, "reader", "");
    assertThat(watch.received().get(0))
        .isEqualTo(WatchHomeTimelineResponse.newBuilder().setCursor(Token.CURSOR.of(5)).build());
    store.post("ann", "now");
    store.post("bob", "not followed");
    store.post("ann", "then");
    awaitTexts(watch, List.of("now", "then"));
    assertThat(watch.received().get(2))
        .isEqualTo(
            WatchHomeTimelineResponse.newBuilder()
                .setPost(Post.newBuilder().setAuthor("ann").setText("then").setIndex(8))
                .setCursor(Token.CURSOR.of(8))
                .build());
  }

  @Test
  void itContinuesAHomeTimelineWithoutASeam() {
    post("ann", 0, 3);
    String cursor =
        client
            .stub()
            .listHomeTimeline(ListHomeTimelineRequest.newBuilder().setUser("reader").build())
            .getCursor();
    post("ann", 3, 5);
    WatchStream watch = open(client, "reader", cursor);
    assertThat(watch.received().get(0).getCursor()).isEqualTo(cursor);
    post("ann", 5, 7);
    awaitTexts(watch, numbers(3, 7));
  }

  @Test
  void itGoesOnFromTheLogWhereThisFrontendHasForgotten() {
    String cursor = open(client, "reader", "").cursor();
    post("ann", 0, 1_000);
    // Begins with the graph as of now: what was before is only in the log.
    ParleyClient later = cluster.parleyClient(2);
    open(later, "reader", "").cancel();
    int follows = store.followsOpened();
    WatchStream watch = open(later, "reader", cursor);
    post("ann", 1_000, 1_100);
    awaitTexts(watch, numbers(0, 1_100));
    assertThat(store.followsOpened()).as("one reading of the log").isGreaterThan(follows);
  }

  @Test
  void aBrokenWatchGoesOnAtAnotherFrontendWithoutGapOrDouble() {
    List<String> received = new ArrayList<>();
    String cursor = open(client, "reader", "").cursor();
    for (int round = 0; round < 6; round++) {
      WatchStream watch = open(cluster.parleyClient(1 + round % 3), "reader", cursor);
      post("ann", 100 * round, 100 * round + 100);
      int enough = received.size() + 50;
      await().until(() -> watch.texts().size() + received.size() >= enough);
      watch.cancel();
      assertThat(watch.end().getCode()).isEqualTo(Status.Code.CANCELLED);
      received.addAll(watch.texts());
      cursor = watch.cursor();
    }
    WatchStream last = open(client, "reader", cursor);
    await().until(() -> received.size() + last.texts().size() >= 600);
    received.addAll(last.texts());
    assertThat(received).isEqualTo(numbers(0, 600));
  }

  @Test
  void aCursorThatIsAheadOfThisFrontendIsWaitedFor() {
    ParleyClient behind = cluster.parleyClient(2);
    open(behind, "reader", "").cancel();
    store.stopFollows(1);
    store.stopFollows(2);
    store.stopFollows(3);
    post("ann", 0, 3);
    WatchStream watch = behind.watch("reader", Token.CURSOR.of(store.index()));
    behind.awaitTaken();
    assertThat(watch.received()).isEmpty();
    store.post("ann", "next");
    store.resumeFollows();
    awaitTexts(watch, List.of("next"));
  }

  @Test
  void severalWatchesAndAChatOfOneUserReceiveBesideOneAnother() {
    TestClient old = cluster.client(1);
    ChatStream chat = old.chat("reader");
    await().until(() -> store.isHeld("reader"));
    WatchStream one = open(client, "reader", "");
    WatchStream other = open(client, "reader", "");
    store.post("ann", "to all");
    awaitTexts(one, List.of("to all"));
    awaitTexts(other, List.of("to all"));
    await().until(() -> chat.received().size() == 1);
    one.cancel();
    ChatStream second = old.chat("reader");
    await().until(() -> second.received().size() == 1);
    store.post("ann", "to those who are left");
    awaitTexts(other, List.of("to all", "to those who are left"));
    await().until(() -> second.texts().contains("to those who are left"));
    assertThat(chat.texts()).as("replaced by the second Chat").containsExactly("to all");
    assertThat(one.texts()).containsExactly("to all");
  }

  @Test
  void postsByEitherInterfaceAreShownInBoth() {
    TestClient old = cluster.client(1);
    ChatStream reading = old.chat("reader");
    ChatStream writing = old.chat("ann");
    await().until(() -> store.isHeld("reader") && store.isHeld("ann"));
    WatchStream watch = open(client, "reader", "");
    writing.post("ann", "old");
    await().until(() -> watch.texts().contains("old"));
    client.post("ann", "new", "id");
    awaitTexts(watch, List.of("old", "new"));
    await().until(() -> reading.received().size() == 2);
    assertThat(reading.texts()).containsExactly("old", "new");
  }

  @Test
  void followsAndUnfollowsTakeEffectAtTheirPlace() {
    WatchStream watch = open(client, "reader", "");
    WatchStream other = open(cluster.parleyClient(2), "reader", "");
    store.post("bob", "not yet");
    client.follow("reader", "bob");
    store.post("bob", "now");
    client.unfollow("reader", "bob");
    store.post("bob", "no more");
    client.follow("reader", "bob");
    store.post("bob", "again");
    awaitTexts(watch, List.of("now", "again"));
    awaitTexts(other, List.of("now", "again"));
  }

  @Test
  void followsBehindTheCursorTakeEffectAtTheirPlaceToo() {
    String cursor = open(client, "reader", "").cursor();
    store.post("bob", "not yet");
    client.follow("reader", "bob");
    store.post("bob", "now");
    client.unfollow("reader", "ann");
    store.post("ann", "no more");
    store.post("bob", "then");
    awaitTexts(open(client, "reader", cursor), List.of("now", "then"));
    awaitTexts(open(cluster.parleyClient(2), "reader", cursor), List.of("now", "then"));
  }

  @Test
  void aSlowReaderHoldsNobodyUpAndGetsEverythingInTheEnd() {
    WatchStream slow = client.watch("reader", "", 1);
    await().until(() -> slow.received().size() == 1);
    WatchStream fast = open(client, "reader", "");
    String padding = "x".repeat(500);
    int posts = 3_000;
    IntStream.range(0, posts).forEach(i -> store.post("ann", i + padding));
    await().until(() -> fast.posts().size() == posts);
    assertThat(slow.posts()).isEmpty();
    slow.take(Integer.MAX_VALUE);
    await().until(() -> slow.posts().size() >= posts);
    assertThat(slow.texts().stream().map(text -> text.replace("x", "")))
        .isEqualTo(numbers(0, posts));
  }

  @Test
  void theCursorOfAQuietWatchMovesOn() {
    WatchStream watch = open(client, "reader", "");
    post("bob", 0, 100);
    String newest = Token.CURSOR.of(store.index());
    await().until(() -> watch.cursor().equals(newest));
    assertThat(watch.posts()).isEmpty();
  }

  @Test
  void nothingIsLostOrDoubledWhilePrimariesAndReplicasComeAndGo() {
    WatchStream watch = open(client, "reader", "");
    for (int round = 0; round < 8; round++) {
      post("ann", 500 * round, 500 * round + 500);
      switch (round % 4) {
        case 0 -> store.changePrimary(1 + round % 3);
        case 1 -> store.cutOff(1);
        case 2 -> store.dethrone();
        default -> {
          store.changePrimary(2);
          store.heal(1);
        }
      }
    }
    awaitTexts(watch, numbers(0, 4_000));
    assertThat(watch.hasEnded()).isFalse();
  }

  @Test
  void aWatchGoesOnFromItsCursorWithoutAPrimary() {
    WatchStream first = open(client, "reader", "");
    store.post("ann", "seen");
    awaitTexts(first, List.of("seen"));
    store.dethrone();
    store.post("ann", "not seen yet");
    awaitTexts(open(client, "reader", first.cursor()), List.of("not seen yet"));
  }

  @Test
  void whatIsWrongIsNamed() {
    assertInvalid(client.watch("", ""), "user", "the user is empty");
    assertNoUser(client.watch("nobody", ""), "user", "nobody");
    assertNoUser(client.watch("nobody", Token.CURSOR.of(1)), "user", "nobody");
    assertInvalid(
        client.watch("reader", "tomorrow"),
        "cursor",
        "the cursor 'tomorrow' is not from a response");
    assertInvalid(
        client.watch("reader", Token.CURSOR.of(1_000)),
        "cursor",
        "the cursor names a place that is still to come");
  }
}
