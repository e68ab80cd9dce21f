package parley.frontend.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;
import static parley.frontend.fake.Details.assertInvalid;
import static parley.frontend.fake.Details.assertNoUser;
import static parley.frontend.fake.ParleyClient.failure;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.frontend.fake.FakeCluster;
import parley.frontend.fake.FakeStore;
import parley.frontend.fake.ParleyClient;
import parley.proto.v1.Post;

/** CreatePost: one post, once, however often it is asked for. */
class SinglePostsTest {
  private FakeCluster cluster;
  private FakeStore store;
  private ParleyClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = new FakeCluster();
    store = cluster.store();
    client = cluster.parleyClient(1);
    store.createUsers("ann", "bob");
  }

  @AfterEach
  void stop() {
    cluster.close();
    assertThat(cluster.ends()).isEmpty();
  }

  @Test
  void aPostIsAnsweredWithItsPlace() {
    store.post("bob", "before");
    Timestamp time = Timestamp.newBuilder().setSeconds(-1).setNanos(5).build();
    Post post =
        client
            .stub()
            .createPost(
                ParleyClient.postRequest("ann", "hello ü", "id").toBuilder()
                    .setAuthorTime(time)
                    .build());
    assertThat(post)
        .isEqualTo(
            Post.newBuilder()
                .setAuthor("ann")
                .setText("hello ü")
                .setAuthorTime(time)
                .setIndex(4)
                .build());
    assertThat(client.post("ann", "", "other"))
        .isEqualTo(Post.newBuilder().setAuthor("ann").setIndex(5).build());
  }

  @Test
  void aPostThatIsAskedForTwiceIsMadeOnceAndAnsweredAlike() {
    Post first = client.post("ann", "hello", "id");
    store.post("bob", "between");
    assertThat(client.post("ann", "hello", "id")).isEqualTo(first);
    assertThat(cluster.parleyClient(2).post("ann", "hello", "id")).isEqualTo(first);
    assertThat(cluster.parleyClient(3).post("ann", "another text", "id"))
        .as("the post that was made the first time")
        .isEqualTo(first);
    assertThat(store.posts("ann")).containsExactly("hello");
  }

  @Test
  void requestIdsTellPostsOfOneAuthorApart() {
    client.post("ann", "a", "id");
    client.post("bob", "b", "id");
    client.post("ann", "c", "other id");
    assertThat(store.posts("ann")).containsExactly("a", "c");
    assertThat(store.posts("bob")).containsExactly("b");
  }

  @Test
  void aPostThatIsTooFarBackIsAnsweredWithoutItsPlace() {
    client.post("ann", "old", "id");
    IntStream.range(0, EarlierPosts.NEWEST).forEach(i -> store.post("ann", "newer " + i));
    assertThat(client.post("ann", "again", "id"))
        .isEqualTo(Post.newBuilder().setAuthor("ann").setText("again").build());
    assertThat(store.posts("ann")).hasSize(EarlierPosts.NEWEST + 1).startsWith("old");
  }

  @Test
  void manyCallsAtOnceHaveTheirOwnPlaces() throws Exception {
    List<ListenableFuture<Post>> calls = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      calls.add(client.later().createPost(ParleyClient.postRequest("ann", "p" + i, "id" + i)));
      calls.add(client.later().createPost(ParleyClient.postRequest("ann", "p" + i, "id" + i)));
    }
    List<String> byIndex = new ArrayList<>();
    for (ListenableFuture<Post> call : calls) {
      Post post = call.get();
      assertThat(post.getIndex()).isPositive();
      byIndex.add(post.getIndex() + " " + post.getText());
    }
    List<String> texts = store.posts("ann");
    assertThat(texts).hasSize(500).doesNotHaveDuplicates();
    assertThat(byIndex.stream().distinct())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 500).mapToObj(i -> (3 + i) + " " + texts.get(i)).toList());
  }

  @Test
  void aPostIsAnsweredWhenItIsVisibleHereAndNotBefore() throws Exception {
    client.post("ann", "first", "first");
    store.stopFollows(1);
    store.stopFollows(2);
    store.stopFollows(3);
    ListenableFuture<Post> call =
        client.later().createPost(ParleyClient.postRequest("bob", "hello", "id"));
    await().until(() -> store.posts("bob").size() == 1);
    client.awaitTaken();
    assertThat(call.isDone()).isFalse();
    store.resumeFollows();
    assertThat(call.get().getIndex()).isEqualTo(4);
  }

  @Test
  void postsBeyondTheBoundAreRefusedAndAllOthersAreMade() throws Exception {
    store.hold();
    List<ListenableFuture<Post>> calls = new ArrayList<>();
    for (int i = 0; i < SinglePosts.UNDER_WAY_MAX + 3; i++) {
      calls.add(client.later().createPost(ParleyClient.postRequest("ann", "p" + i, "id" + i)));
    }
    await().until(() -> calls.stream().filter(Future::isDone).count() == 3);
    store.release();

    Map<Status.Code, Long> outcomes = new EnumMap<>(Status.Code.class);
    for (ListenableFuture<Post> call : calls) {
      outcomes.merge(outcome(call), 1L, Long::sum);
    }
    assertThat(outcomes)
        .containsOnly(
            entry(Status.Code.OK, (long) SinglePosts.UNDER_WAY_MAX),
            entry(Status.Code.RESOURCE_EXHAUSTED, 3L));
    assertThat(store.posts("ann")).hasSize(SinglePosts.UNDER_WAY_MAX);
  }

  private static Status.Code outcome(ListenableFuture<Post> call) throws InterruptedException {
    try {
      call.get();
      return Status.Code.OK;
    } catch (ExecutionException e) {
      return Status.fromThrowable(e).getCode();
    }
  }

  @Test
  void whatIsWrongIsNamed() {
    assertInvalid(failure(() -> client.post("", "x", "id")), "author", "the author is empty");
    assertInvalid(
        failure(() -> client.post("ann", "x".repeat(4_097), "id")),
        "text",
        "the text '" + "x".repeat(40) + "…' has 4097 bytes of UTF-8; at most 4096 are allowed");
    assertInvalid(
        failure(() -> client.post("ann", "x", "")),
        "request_id",
        "the request_id is empty; without one the call cannot be repeated safely");
    assertInvalid(
        failure(() -> client.post("ann", "x", "i".repeat(65))),
        "request_id",
        "the request_id '" + "i".repeat(40) + "…' has 65 bytes of UTF-8; at most 64 are allowed");
    assertNoUser(failure(() -> client.post("nobody", "x", "id")), "author", "nobody");
    client.post("ann", "x".repeat(4_096), "i".repeat(64));
    assertThat(store.posts("ann")).hasSize(1);
  }

  @Test
  void aPostWhoseClientHasGivenUpBeforeItWasSentIsNotMade() {
    client.post("ann", "first", "first");
    store.hold();
    List<String> kept = new ArrayList<>(List.of("first"));
    for (int i = 0; i < 20; i++) {
      kept.add("p" + i);
      client.later().createPost(ParleyClient.postRequest("ann", "p" + i, "id" + i));
      client.awaitTaken();
    }
    ListenableFuture<Post> call =
        client.later().createPost(ParleyClient.postRequest("ann", "quit", "id"));
    client.awaitTaken();
    call.cancel(true);
    client.awaitTaken();
    assertThat(store.waiting()).as("chunks on the way, one post each").isLessThan(20);
    store.release();
    client.post("ann", "last", "last");
    assertThat(store.posts("ann"))
        .containsExactlyElementsOf(Stream.concat(kept.stream(), Stream.of("last")).toList());
  }

  @Test
  void nothingIsLostOrDoubledWhileThePrimaryChanges() throws Exception {
    List<ListenableFuture<Post>> calls = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      calls.add(client.later().createPost(ParleyClient.postRequest("ann", "p" + i, "id" + i)));
      switch (i % 150) {
        case 30 -> store.changePrimary(2);
        case 60 -> store.loseReplies(1);
        case 90 -> store.voidSubmits(2);
        case 120 -> {
          store.dethrone();
          store.changePrimary(3);
        }
        default -> {}
      }
    }
    for (int i = 0; i < calls.size(); i++) {
      Post post = calls.get(i).get();
      assertThat(post.getText()).isEqualTo("p" + i);
      assertThat(store.posts("ann").get((int) post.getIndex() - 3)).isEqualTo("p" + i);
    }
    assertThat(store.posts("ann")).hasSize(600);
  }

  @Test
  void theWriterOfARequestIdIsFixed() {
    // Clients repeat calls across releases: the numbers must not change.
    assertThat(SinglePosts.writer("")).isEqualTo(0xe3b0c44298fc1c14L);
    assertThat(SinglePosts.writer("abc")).isEqualTo(0xba7816bf8f01cfeaL);
  }
}
