package parley.frontend.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.frontend.fake.FakeCluster;
import parley.frontend.fake.FakeStore;
import parley.frontend.fake.TestClient;
import parley.frontend.fake.TestClient.ChatStream;
import parley.proto.hw2.Reply;

/** A change of primary is nobody's business: streams go on, calls wait, nothing is lost. */
class PrimaryChangeTest {
  private FakeCluster cluster;
  private FakeStore store;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = new FakeCluster();
    store = cluster.store();
    client = cluster.client(2);
  }

  @AfterEach
  void stop() {
    cluster.close();
    assertThat(cluster.ends()).isEmpty();
  }

  @Test
  void nothingIsLostDoubledOrReorderedWhilePrimariesComeAndGo() {
    client.login("author");
    client.login("reader");
    client.join("reader", "author");
    ChatStream reader = client.chat("reader");
    ChatStream author = client.chat("author");
    await().until(() -> store.isHeld("reader") && store.isHeld("author"));
    Random random = new Random(42);
    int posts = 20_000;
    int sent = 0;
    for (int fault = 0; fault < 12; fault++) {
      for (int next = sent + posts / 12; sent < next; sent++) {
        author.post("author", Integer.toString(sent));
      }
      switch (fault % 4) {
        case 0 -> store.changePrimary(1 + random.nextInt(3));
        case 1 -> store.voidSubmits(2);
        case 2 -> store.loseReplies(2);
        default -> {
          store.dethrone();
          store.changePrimary(1 + random.nextInt(3));
        }
      }
    }
    author.halfClose();
    assertThat(author.end().isOk()).isTrue();
    List<String> all = IntStream.range(0, sent).mapToObj(Integer::toString).toList();
    assertThat(store.posts("author")).isEqualTo(all);
    await().until(() -> reader.received().size() >= all.size());
    assertThat(reader.texts().stream().map(text -> text.substring(text.lastIndexOf(':') + 1)))
        .isEqualTo(all);
    assertThat(reader.hasEnded()).isFalse();
  }

  @Test
  void callsWaitWhileThereIsNoPrimary() throws Exception {
    client.login("waiting");
    client.login("other");
    store.dethrone();
    ListenableFuture<Reply> login = client.later().login(TestClient.request("new"));
    ListenableFuture<Reply> join = client.later().join(TestClient.request("waiting", "other"));
    ListenableFuture<?> list = client.later().list(TestClient.request("waiting"));
    ChatStream chat = client.chat("waiting");
    chat.post("waiting", "taken meanwhile");
    chat.halfClose();
    client.awaitTaken();
    assertThat(List.of(login.isDone(), join.isDone(), list.isDone(), chat.hasEnded()))
        .containsOnly(false);
    store.changePrimary(3);
    assertThat(login.get().getMsg()).isEqualTo("Login Successful!");
    assertThat(join.get().getMsg()).isEqualTo("Join Successful");
    assertThat(list.get()).isNotNull();
    assertThat(chat.end().isOk()).isTrue();
    assertThat(store.posts("waiting")).containsExactly("taken meanwhile");
  }

  @Test
  void namesThatAreConnectedStaySoUnderTheNewPrimary() {
    client.login("stays");
    store.changePrimary(3);
    await().until(() -> store.isHeld("stays"));
    assertThat(cluster.client(1).login("stays")).isEqualTo("Invalid Username");
  }

  @Test
  void aLineThatIsSilentIsLeft() {
    client.login("someone");
    int opened = store.linesOpened();
    store.silenceLines();
    await().until(() -> store.linesOpened() > opened);
    assertThat(client.join("someone", "nobody")).isEqualTo("Join Failed -- Invalid Username");
  }

  @Test
  void theLineGoesThroughAnotherReplicaWhereThePrimaryCannotBeReached() {
    client.login("someone");
    store.refuseLinesAt(1);
    assertThat(client.login("another")).isEqualTo("Login Successful!");
  }

  @Test
  void theLineGoesToThePrimaryItselfAgainWhenThatCanBeReached() {
    client.login("someone");
    store.refuseLinesAt(1);
    client.login("another");
    assertThat(store.linesThrough(1)).isZero();
    store.refuseNoLines();
    await().until(() -> store.linesThrough(1) == 1 && store.lines() == 1);
    assertThat(client.login("a third")).isEqualTo("Login Successful!");
    assertThat(store.isHeld("someone")).isTrue();
  }

  @Test
  void theLineGoesToTheWinnerItselfThoughTheDeadPrimaryWasTriedInItsEpoch() {
    client.login("someone");
    store.killPrimary(3, true);
    await().until(() -> store.lines() > 0);
    await().until(() -> store.lines() == 1 && store.linesThrough(3) == 1);
    assertThat(client.login("another")).isEqualTo("Login Successful!");
  }

  @Test
  void aLineThatIsNotAnsweredIsLeftForAWinner() throws Exception {
    try (FakeCluster patient = FakeCluster.with("primarySilentMs", 60_000)) {
      TestClient user = patient.client(2);
      user.login("someone");
      patient.store().killPrimary(2, false);
      await().until(() -> patient.store().linesThrough(2) == 1);
      assertThat(user.login("another")).isEqualTo("Login Successful!");
    }
  }

  @Test
  void thePrimaryIsFoundThoughACandidateNamesItInAHigherEpoch() {
    client.login("someone");
    store.misleadByCandidate(3);
    await().until(() -> store.lines() == 1);
    assertThat(client.login("another")).isEqualTo("Login Successful!");
  }

  @Test
  void aFrontendWhosePlaceWasTakenEnds() {
    client.login("someone");
    store.replaceFrontend(2, 4711);
    client.later().join(TestClient.request("someone", "nobody"));
    await().until(() -> !cluster.ends().isEmpty());
    assertThat(cluster.ends().get(0)).contains("has taken this one's place");
    cluster.ends().clear();
  }

  @Test
  void aFrontendTakesThePlaceOfItsPredecessor() {
    store.replaceFrontend(3, 4712);
    assertThat(cluster.client(3).login("later")).isEqualTo("Login Successful!");
  }

  @Test
  void unaryCallsThatGaveUpDoNotTakeEffectLater() {
    client.login("quitter");
    client.login("other");
    store.dethrone();
    ListenableFuture<Reply> join = client.later().join(TestClient.request("quitter", "other"));
    client.awaitTaken();
    join.cancel(true);
    client.awaitTaken();
    store.changePrimary(2);
    assertThat(client.list("quitter").getJoinedRoomsList()).isEmpty();
  }
}
