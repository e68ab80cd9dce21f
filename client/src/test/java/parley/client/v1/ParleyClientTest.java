package parley.client.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParleyClientTest {

  private static final ClientOptions OPTIONS = ClientOptions.DEFAULT;

  private final FakeFrontends frontends = new FakeFrontends();
  private final FakeCluster cluster = frontends.cluster();
  private final List<FakeParley> servers = frontends.servers();

  @BeforeEach
  void makeUsersKnown() {
    cluster.addUsers("alice", "bob");
  }

  @AfterEach
  void stop() {
    frontends.close();
  }

  private ParleyClient connect(ClientOptions options, List<FakeParley> to) {
    return frontends.connect(options, to);
  }

  private ParleyClient connect() {
    return frontends.connect();
  }

  private FakeParley used(ParleyClient client) {
    return frontends.used(client);
  }

  private static List<String> numbered(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(number -> "post " + number).toList();
  }

  private static void post(Outbox outbox, int from, int to) throws Exception {
    for (String text : numbered(from, to)) {
      outbox.post(text);
    }
  }

  private static ParleyException.Kind kind(CompletableFuture<?> call) {
    ParleyException[] why = new ParleyException[1];
    assertThatThrownBy(() -> ParleyClient.await(call))
        .isInstanceOfSatisfying(ParleyException.class, e -> why[0] = e);
    return why[0].kind();
  }

  // ---------------------------------------------------------------- calls

  @Test
  void callsHaveResults() throws Exception {
    ParleyClient client = connect();

    assertThat(ParleyClient.await(client.createUser("carol"))).isTrue();
    assertThat(ParleyClient.await(client.createUser("carol"))).isFalse();
    assertThat(ParleyClient.await(client.userExists("carol"))).isTrue();
    assertThat(ParleyClient.await(client.userExists("nobody"))).isFalse();
    assertThat(ParleyClient.await(client.follow("alice", "bob"))).isTrue();
    assertThat(ParleyClient.await(client.follow("alice", "bob"))).isFalse();
    assertThat(ParleyClient.await(client.followees("alice", PageRequest.first(10))).items())
        .containsExactly("bob");
    assertThat(ParleyClient.await(client.followers("bob", PageRequest.first(10))).items())
        .containsExactly("alice");
    assertThat(ParleyClient.await(client.unfollow("alice", "bob"))).isTrue();
    assertThat(ParleyClient.await(client.unfollow("alice", "bob"))).isFalse();
  }

  @Test
  void pagesAreContinuedThroughAnotherFrontend() throws Exception {
    ParleyClient client = connect();
    PageRequest first = PageRequest.first(1);
    Page<String> page = ParleyClient.await(client.users(first));
    used(client).kill();
    Page<String> next = ParleyClient.await(client.users(first.from(page.next().orElseThrow())));

    assertThat(page.items()).containsExactly("alice");
    assertThat(next.items()).containsExactly("bob");
    assertThat(next.next()).isEmpty();
  }

  @Test
  void timelinesComeInPagesNewestFirst() throws Exception {
    ParleyClient client = connect();
    ParleyClient.await(client.follow("alice", "bob"));
    numbered(1, 3).forEach(text -> cluster.post("bob", text));

    HomeTimeline home = ParleyClient.await(client.homeTimeline("alice", PageRequest.first(2)));
    Page<Post> posts = ParleyClient.await(client.posts("bob", PageRequest.first(3)));

    assertThat(home.posts()).extracting(Post::text).containsExactly("post 3", "post 2");
    assertThat(home.next()).isPresent();
    assertThat(posts.items()).extracting(Post::text).containsExactly("post 3", "post 2", "post 1");
    assertThat(posts.items().get(0)).isEqualTo(home.posts().get(0));
  }

  @Test
  void whatIsWrongIsSaidAtOnceAndNotTriedAgain() {
    ParleyClient client = connect();

    assertThat(kind(client.follow("alice", "alice"))).isEqualTo(ParleyException.Kind.INVALID);
    assertThat(kind(client.follow("alice", "nobody"))).isEqualTo(ParleyException.Kind.NOT_FOUND);
    assertThat(servers.stream().mapToInt(server -> server.calls().size()).sum()).isEqualTo(2);
  }

  @Test
  void whatNoMessageHoldsIsRefusedAtOnceAndNotSent() throws Exception {
    ParleyClient client = connect();
    String name = "x".repeat(5 << 20);

    assertThat(kind(client.follow("alice", name))).isEqualTo(ParleyException.Kind.INVALID);
    assertThatThrownBy(() -> ParleyClient.await(client.outbox(name).post("text").committed()))
        .isInstanceOfSatisfying(
            ParleyException.class,
            e -> assertThat(e.kind()).isEqualTo(ParleyException.Kind.INVALID));
    assertThat(kind(client.watch(name, Optional.empty(), post -> {}).ended()))
        .isEqualTo(ParleyException.Kind.INVALID);
    assertThatThrownBy(() -> ParleyClient.await(client.userExists(name)))
        .hasMessageContaining("no message holds more than 4,194,304");
    assertThat(servers.stream().mapToInt(server -> server.calls().size()).sum()).isZero();
  }

  @Test
  void aLostAnswerIsAskedForAgain() throws Exception {
    ParleyClient client = connect();
    used(client).loseAnswers(2);

    ParleyClient.await(client.follow("alice", "bob"));

    assertThat(cluster.followees("alice")).containsExactly("bob");
  }

  @Test
  void aCallIsMadeAgainThroughAnotherFrontendWhenItsOwnIsKilled() throws Exception {
    ParleyClient client = connect();
    FakeParley first = used(client);
    first.hang();
    CompletableFuture<Boolean> call = client.follow("alice", "bob");
    first.kill();

    ParleyClient.await(call);

    assertThat(cluster.followees("alice")).containsExactly("bob");
    assertThat(used(client)).isNotSameAs(first);
  }

  @Test
  void aCallFailsWhenItsTimeIsOverAndSaysWhy() throws Exception {
    ParleyClient client =
        connect(OPTIONS.withCallTimeout(Duration.ofMillis(300)), servers.subList(0, 1));
    servers.get(0).kill();

    assertThatThrownBy(() -> ParleyClient.await(client.userExists("alice")))
        .isInstanceOfSatisfying(
            ParleyException.class,
            e -> assertThat(e.kind()).isEqualTo(ParleyException.Kind.UNREACHABLE))
        .hasMessageContaining("not answered within 0.3 s")
        .hasMessageContaining(servers.get(0).address() + ": Connection refused");
  }

  @Test
  void thatNobodyServesIsSaid() {
    servers.forEach(server -> server.serving(false));
    ParleyClient client = connect(OPTIONS.withCallTimeout(Duration.ofSeconds(1)), servers);

    assertThatThrownBy(() -> ParleyClient.await(client.userExists("alice")))
        .hasMessageContaining("it has no primary");
  }

  // ---------------------------------------------------------------- connections

  @Test
  void aFrontendThatHangsIsLeft() {
    ParleyClient client = connect();
    FakeParley first = used(client);

    first.hang();

    await().until(() -> used(client) != first);
  }

  @Test
  void aFrontendThatDoesNotServeIsLeftForOneThatDoes() {
    ParleyClient client = connect();
    FakeParley first = used(client);

    first.serving(false);

    await().until(() -> used(client) != first);
  }

  @Test
  void aFrontendThatDoesNotServeIsKeptAsLongAsNoOtherDoes() throws Exception {
    ParleyClient client = connect();
    List<ConnectionEvent> events = new CopyOnWriteArrayList<>();
    client.onConnection(events::add);
    FakeParley first = used(client);
    servers.stream().filter(server -> server != first).forEach(server -> server.serving(false));
    first.serving(false);
    FakeParley other = servers.stream().filter(server -> server != first).findFirst().orElseThrow();
    await("others are asked").until(() -> other.connections() == 1);

    assertThat(ParleyClient.await(client.userExists("alice"))).isTrue();
    assertThat(used(client)).isSameAs(first);
    assertThat(events).noneMatch(ConnectionEvent.Lost.class::isInstance);
  }

  @Test
  void findsAFrontendThatComesBackAfterAllWereGone() throws Exception {
    ParleyClient client = connect();
    used(client);
    for (FakeParley server : servers) {
      server.kill();
    }
    await().until(() -> client.frontend().isEmpty());

    servers.get(1).restart();

    await().until(() -> client.frontend().equals(Optional.of(servers.get(1).address())));
  }

  @Test
  void tellsOfConnectionsThatAreLostAndFound() throws Exception {
    ParleyClient client = connect();
    List<ConnectionEvent> events = new CopyOnWriteArrayList<>();
    FakeParley first = used(client);
    client.onConnection(events::add);

    first.kill();

    await().until(() -> events.size() == 2);
    assertThat(events.get(0))
        .isEqualTo(new ConnectionEvent.Lost(first.address(), "the connection broke"));
    assertThat(events.get(1)).isEqualTo(used(client).connected(true));
  }

  @Test
  void clientsSpread() {
    List<ParleyClient> many = Stream.generate(this::connect).limit(40).toList();

    assertThat(many.stream().map(this::used).distinct().count()).isEqualTo(servers.size());
  }

  @Test
  void keepsOneConnection() {
    ParleyClient client = connect();
    used(client);

    await().until(() -> servers.stream().mapToInt(FakeParley::connections).sum() == 1);
  }

  @Test
  void aTargetThatIsNoneIsRefused() {
    assertThatThrownBy(() -> ParleyClient.connect("host:port"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host:port");
    assertThatThrownBy(() -> ParleyClient.connect("nothing:///known"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> ParleyClient.connect("zk:///here"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("zk:///here");
  }

  @Test
  void aNameThatIsNoHostKeepsNobodyFromTheOthers() throws Exception {
    for (int i = 0; i < 8; i++) { // They are tried in an order drawn at random.
      ParleyClient client =
          frontends.connect(
              "no_host:3055," + servers.get(0).address() + ",no_host_either:3055", OPTIONS);
      assertThat(ParleyClient.await(client.userExists("alice"))).isTrue();
    }
  }

  @Test
  void onlyNamesThatAreNoHostsAreSaid() {
    ParleyClient client =
        frontends.connect("no_host:3055", OPTIONS.withCallTimeout(Duration.ofMillis(300)));

    assertThatThrownBy(() -> ParleyClient.await(client.userExists("alice")))
        .isInstanceOf(ParleyException.class)
        .hasMessageContaining("no_host");
  }

  @Test
  void aNameThatIsUnknownIsAskedForAgain() {
    ParleyClient client =
        frontends.connect(
            "dns:///no-such-host.invalid:3055", OPTIONS.withCallTimeout(Duration.ofMillis(500)));

    assertThatThrownBy(() -> ParleyClient.await(client.userExists("alice")))
        .isInstanceOf(ParleyException.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void frontendsAreFoundByAnyTargetThatGrpcResolves() throws Exception {
    ParleyClient client =
        frontends.connect("dns:///localhost:" + servers.get(0).address().port(), OPTIONS);

    assertThat(ParleyClient.await(client.userExists("alice"))).isTrue();
  }

  // ---------------------------------------------------------------- posting

  @Test
  void postsAreCommittedInTheirOrder() throws Exception {
    Outbox outbox = connect().outbox("alice");
    PendingPost first = outbox.post("first");
    PendingPost second = outbox.post("second");

    long firstIndex = ParleyClient.await(first.committed());
    long secondIndex = ParleyClient.await(second.committed());

    assertThat(firstIndex).isLessThan(secondIndex);
    assertThat(first.state()).isEqualTo(new PostState.Committed(firstIndex));
    assertThat(cluster.texts("alice")).containsExactly("first", "second");
  }

  @Test
  void nothingIsLostOrDoubledWhateverBreaks() throws Exception {
    ParleyClient client = connect();
    Outbox outbox = client.outbox("alice");
    post(outbox, 1, 100);
    used(client).dropAcknowledgements(7);
    post(outbox, 101, 200);
    used(client).breakStreams(Status.UNAVAILABLE);
    post(outbox, 201, 300);
    used(client).kill();
    post(outbox, 301, 400);
    used(client).hang();
    post(outbox, 401, 500);

    outbox.flushed().get();

    assertThat(cluster.texts("alice")).isEqualTo(numbered(1, 500));
    assertThat(outbox.pending()).isZero();
  }

  @Test
  void postsWaitWhileNothingIsReachable() throws Exception {
    ParleyClient client = connect();
    Outbox outbox = client.outbox("alice");
    for (FakeParley server : servers) {
      server.kill();
    }
    PendingPost post = outbox.post("later");
    assertThat(post.state()).isEqualTo(new PostState.Pending());
    assertThat(outbox.pending()).isEqualTo(1);

    servers.get(2).restart();

    ParleyClient.await(post.committed());
    assertThat(cluster.texts("alice")).containsExactly("later");
  }

  @Test
  void aTextThatIsNotTakenFailsAloneAndLeavesNoGap() throws Exception {
    Outbox outbox = connect().outbox("alice");
    post(outbox, 1, 20);
    PendingPost tooLong = outbox.post("x".repeat(5_000));
    post(outbox, 21, 40);
    PendingPost alsoTooLong = outbox.post("y".repeat(5_000));
    post(outbox, 41, 60);

    outbox.flushed().get();

    assertThat(kind(tooLong.committed())).isEqualTo(ParleyException.Kind.INVALID);
    assertThat(alsoTooLong.state()).isInstanceOf(PostState.Failed.class);
    assertThat(cluster.texts("alice")).isEqualTo(numbered(1, 60));
  }

  @Test
  void aTextThatNoMessageHoldsIsRefusedAtOnce() throws Exception {
    Outbox outbox = connect().outbox("alice");
    PendingPost before = outbox.post("before");

    assertThatThrownBy(() -> outbox.post("x".repeat(5_000_000)))
        .isInstanceOfSatisfying(
            ParleyException.class,
            e -> assertThat(e.kind()).isEqualTo(ParleyException.Kind.INVALID));
    PendingPost long1 = outbox.post("\u20ac".repeat(1 << 20));
    outbox.post("after");

    outbox.flushed().get();
    assertThat(before.state()).isInstanceOf(PostState.Committed.class);
    assertThat(kind(long1.committed())).isEqualTo(ParleyException.Kind.INVALID);
    assertThat(cluster.texts("alice")).containsExactly("before", "after");
  }

  @Test
  void anOutboxOfNobodyFails() throws Exception {
    Outbox outbox = connect().outbox("nobody");
    PendingPost post = outbox.post("hello?");

    assertThat(kind(post.committed())).isEqualTo(ParleyException.Kind.NOT_FOUND);
    assertThatThrownBy(() -> outbox.post("again")).isInstanceOf(ParleyException.class);
  }

  @Test
  void anAuthorWithoutANameFailsTheOutboxAtOnce() throws Exception {
    Outbox outbox = connect().outbox("");
    PendingPost first = outbox.post("a");

    assertThat(kind(first.committed())).isEqualTo(ParleyException.Kind.INVALID);
    assertThatThrownBy(() -> outbox.post("b")).isInstanceOf(ParleyException.class);
  }

  @Test
  void goesOnAsAnotherWriterWhenItsOwnIsForgotten() throws Exception {
    Outbox outbox = connect().outbox("alice");
    post(outbox, 1, 10);
    outbox.flushed().get();
    cluster.forgetWriters();

    post(outbox, 11, 20);
    outbox.flushed().get();

    assertThat(cluster.texts("alice")).isEqualTo(numbered(1, 20));
  }

  @Test
  void saysSoWhenNobodyCanKnowWhetherAPostWasMade() throws Exception {
    ParleyClient client = connect();
    Outbox outbox = client.outbox("alice");
    post(outbox, 1, 1);
    outbox.flushed().get();
    FakeParley first = used(client);
    first.dropAcknowledgements(1);
    servers.forEach(server -> server.refuse(Status.UNAVAILABLE));
    PendingPost doubtful = outbox.post("doubtful");
    await().until(() -> cluster.texts("alice").size() == 2);
    cluster.forgetWriters();
    servers.forEach(server -> server.refuse(Status.OK));

    assertThat(kind(doubtful.committed())).isEqualTo(ParleyException.Kind.REFUSED);
  }

  @Test
  void whoPostsIntoAFullOutboxWaits() throws Exception {
    ParleyClient client = connect(OPTIONS.withOutboxPosts(3), servers);
    Outbox outbox = client.outbox("alice");
    used(client);
    servers.forEach(FakeParley::hang);
    post(outbox, 1, 3);
    CountDownLatch begun = new CountDownLatch(1);
    Thread poster =
        new Thread(
            () -> {
              begun.countDown();
              try {
                outbox.post("post 4");
              } catch (InterruptedException | ParleyException e) {
                throw new IllegalStateException(e);
              }
            });
    poster.start();
    begun.await();
    await().until(() -> poster.getState() == Thread.State.WAITING);
    assertThat(outbox.pending()).isEqualTo(3);

    servers.forEach(FakeParley::resume);

    poster.join();
    outbox.flushed().get();
    assertThat(cluster.texts("alice")).isEqualTo(numbered(1, 4));
  }

  @Test
  void closingAnOutboxGivesUpWhatIsPending() throws Exception {
    ParleyClient client = connect();
    used(client);
    servers.forEach(FakeParley::hang);
    Outbox outbox = client.outbox("alice");
    PendingPost post = outbox.post("given up");

    outbox.close();

    assertThat(kind(post.committed())).isEqualTo(ParleyException.Kind.CLOSED);
    assertThatThrownBy(() -> outbox.post("more"))
        .isInstanceOfSatisfying(
            ParleyException.class,
            e -> assertThat(e.kind()).isEqualTo(ParleyException.Kind.CLOSED));
  }

  // ---------------------------------------------------------------- watching

  @Test
  void aSubscriptionGoesOnWhereItWasWhateverBreaks() throws Exception {
    ParleyClient client = connect();
    cluster.follow("alice", "bob");
    List<String> seen = new CopyOnWriteArrayList<>();
    Subscription subscription =
        client.watch("alice", Optional.empty(), post -> seen.add(post.text()));
    subscription.started().get();
    numbered(1, 100).forEach(text -> cluster.post("bob", text));
    used(client).breakStreams(Status.UNAVAILABLE);
    numbered(101, 200).forEach(text -> cluster.post("bob", text));
    used(client).kill();
    numbered(201, 300).forEach(text -> cluster.post("bob", text));
    used(client).hang();
    numbered(301, 400).forEach(text -> cluster.post("bob", text));

    await().until(() -> seen.size() >= 400);

    assertThat(seen).isEqualTo(numbered(1, 400));
  }

  @Test
  void aSubscriptionContinuesAPage() throws Exception {
    ParleyClient client = connect();
    cluster.follow("alice", "bob");
    numbered(1, 3).forEach(text -> cluster.post("bob", text));
    HomeTimeline page = ParleyClient.await(client.homeTimeline("alice", PageRequest.first(10)));
    numbered(4, 6).forEach(text -> cluster.post("bob", text));
    List<Post> seen = new CopyOnWriteArrayList<>();

    Subscription subscription = client.watch("alice", Optional.of(page.cursor()), seen::add);

    await().until(() -> seen.size() == 3);
    assertThat(seen).extracting(Post::text).isEqualTo(numbered(4, 6));
    await().until(() -> subscription.cursor().isPresent());
    assertThat(subscription.started().get()).isEqualTo(page.cursor());
  }

  @Test
  void anotherSubscriptionGoesOnBehindTheCursor() throws Exception {
    ParleyClient client = connect();
    cluster.follow("alice", "bob");
    List<String> seen = new CopyOnWriteArrayList<>();
    Subscription first = client.watch("alice", Optional.empty(), post -> seen.add(post.text()));
    String beginning = first.started().get();
    numbered(1, 5).forEach(text -> cluster.post("bob", text));
    await().until(() -> seen.size() == 5 && !first.cursor().equals(Optional.of(beginning)));
    first.close();
    first.ended().get();
    numbered(6, 10).forEach(text -> cluster.post("bob", text));

    connect().watch("alice", first.cursor(), post -> seen.add(post.text()));

    await().until(() -> seen.contains("post 10"));
    assertThat(List.copyOf(seen).subList(seen.size() - 5, seen.size())).isEqualTo(numbered(6, 10));
  }

  @Test
  void aListenerThatBlocksHoldsPostsUpAndNothingElse() throws Exception {
    ParleyClient client = connect();
    cluster.follow("alice", "bob");
    CountDownLatch mayGoOn = new CountDownLatch(1);
    List<String> seen = new CopyOnWriteArrayList<>();
    Subscription subscription =
        client.watch(
            "alice",
            Optional.empty(),
            post -> {
              try {
                mayGoOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              seen.add(post.text());
            });
    subscription.started().get();
    numbered(1, 2_000).forEach(text -> cluster.post("bob", text));
    used(client).breakStreams(Status.UNAVAILABLE);
    assertThat(ParleyClient.await(client.userExists("bob"))).isTrue();
    used(client).kill();
    assertThat(ParleyClient.await(client.userExists("bob"))).isTrue();

    mayGoOn.countDown();

    await().until(() -> seen.size() >= 2_000);
    assertThat(seen).isEqualTo(numbered(1, 2_000));
  }

  @Test
  void aFrontendThatHangsIsLeftAlsoWhileItsOldPostsAreBeingRead() throws Exception {
    ParleyClient client = connect();
    cluster.follow("alice", "bob");
    Semaphore mayRead = new Semaphore(0);
    Subscription subscription =
        client.watch("alice", Optional.empty(), post -> mayRead.acquireUninterruptibly());
    subscription.started().get();
    numbered(1, 2_000).forEach(text -> cluster.post("bob", text));
    FakeParley first = used(client);
    await().until(() -> mayRead.hasQueuedThreads());
    first.hang();

    // One of the posts that have arrived is read at each look.
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              mayRead.release();
              return used(client) != first;
            });
    mayRead.release(1_000_000);
  }

  @Test
  void aListenerThatFailsEndsItsSubscription() throws Exception {
    ParleyClient client = connect();
    cluster.follow("alice", "bob");
    Subscription subscription =
        client.watch(
            "alice",
            Optional.empty(),
            post -> {
              throw new IllegalStateException("cannot print");
            });
    subscription.started().get();
    cluster.post("bob", "hello");

    assertThatThrownBy(() -> ParleyClient.await(subscription.ended()))
        .isInstanceOf(ParleyException.class)
        .hasMessageContaining("cannot print");
  }

  @Test
  void aSubscriptionOfNobodyFails() {
    Subscription subscription = connect().watch("nobody", Optional.empty(), post -> {});

    assertThat(kind(subscription.ended())).isEqualTo(ParleyException.Kind.NOT_FOUND);
    assertThat(kind(subscription.started())).isEqualTo(ParleyException.Kind.NOT_FOUND);
  }

  // ---------------------------------------------------------------- the end

  @Test
  void whatIsUnderWayWhenTheClientIsClosedFails() throws Exception {
    ParleyClient client = connect();
    used(client);
    servers.forEach(FakeParley::hang);
    CompletableFuture<Boolean> call = client.userExists("alice");
    PendingPost post = client.outbox("alice").post("too late");
    Subscription subscription = client.watch("alice", Optional.empty(), p -> {});

    client.close();

    assertThat(kind(call)).isEqualTo(ParleyException.Kind.CLOSED);
    assertThat(kind(post.committed())).isEqualTo(ParleyException.Kind.CLOSED);
    assertThat(kind(subscription.ended())).isEqualTo(ParleyException.Kind.CLOSED);
  }

  @Test
  void aClosedClientTakesNothingMore() {
    ParleyClient client = connect();
    client.close();

    assertThat(kind(client.userExists("alice"))).isEqualTo(ParleyException.Kind.CLOSED);
    assertThat(kind(client.watch("alice", Optional.empty(), p -> {}).ended()))
        .isEqualTo(ParleyException.Kind.CLOSED);
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> client.outbox("alice").post("no"))
                    .isInstanceOf(ParleyException.class));
  }

  @Test
  void aClosedClientLeavesNoConnection() {
    ParleyClient client = connect();
    FakeParley server = used(client);

    client.close();

    await().until(() -> server.connections() == 0);
  }

  @Test
  void watchesOfManyTimelinesShareTheConnection() {
    ParleyClient client = connect();
    cluster.follow("alice", "bob");
    List<String> seen = new CopyOnWriteArrayList<>();
    List<Subscription> watches =
        Stream.generate(() -> client.watch("alice", Optional.empty(), p -> seen.add(p.text())))
            .limit(20)
            .toList();
    watches.forEach(watch -> watch.started().join());

    cluster.post("bob", "hello");

    await().until(() -> seen.size() == 20);
    assertThat(seen).containsOnly("hello");
  }
}
