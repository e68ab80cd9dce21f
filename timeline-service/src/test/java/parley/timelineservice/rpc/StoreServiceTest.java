package parley.timelineservice.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.proto.store.Applied;
import parley.proto.store.AuthorSince;
import parley.proto.store.ConfirmRead;
import parley.proto.store.CopyLogRequest;
import parley.proto.store.FollowRequest;
import parley.proto.store.FrontendMessage;
import parley.proto.store.GraphChunk;
import parley.proto.store.GraphRequest;
import parley.proto.store.HistoryReply;
import parley.proto.store.HistoryRequest;
import parley.proto.store.LogSlots;
import parley.proto.store.News;
import parley.proto.store.PrimaryMessage;
import parley.proto.store.StatusReply;
import parley.proto.store.StatusRequest;
import parley.proto.store.StoreGrpc;
import parley.proto.store.WatchRequest;
import parley.timelineservice.primary.FromFrontend;
import parley.timelineservice.primary.FrontendLine;
import parley.timelineservice.primary.ToFrontend;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.TimelineReads;

class StoreServiceTest {

  private static final int HEARTBEAT_MILLIS = 200;
  private static final int MAX_MESSAGE = 4 << 20;

  /** What a client says first, and an empty SETTINGS frame: RFC 9113, 3.4. */
  private static final byte[] HTTP2_PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

  private final RpcThreads threads = new RpcThreads();
  private final ThreadPoolExecutor readers =
      new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(100));
  private final FakeReplica first = new FakeReplica(1);
  private final FakeReplica second = new FakeReplica(2);
  private final FakeReads reads = new FakeReads();
  private final List<RpcServer> servers = new ArrayList<>();
  private final List<PeerChannel> channels = new ArrayList<>();
  private final List<ScriptedClient<?, ?>> clients = new ArrayList<>();
  private StoreGrpc.StoreStub toFirst;
  private StoreGrpc.StoreStub toSecond;

  private static ConditionFactory soon() {
    return await().pollInterval(Duration.ofMillis(5)).atMost(Patience.LIMIT);
  }

  @BeforeEach
  void start() throws IOException {
    Map<Integer, String> addresses = new TreeMap<>(Map.of(1, "127.31.0.1:1", 3, "127.31.0.3:1"));
    addresses.put(2, "127.31.0.2:" + serve("127.31.0.2", second, addresses, readers));
    int port = serve("127.31.0.1", first, addresses, readers);
    toSecond = StoreGrpc.newStub(channel(addresses.get(2)).channel());
    toFirst = StoreGrpc.newStub(channel("127.31.0.1:" + port).channel());
  }

  private int serve(
      String host, FakeReplica replica, Map<Integer, String> addresses, Executor executor)
      throws IOException {
    return serve(host, replica, addresses, executor, RpcSettings.KEEP_ALIVE_MILLIS);
  }

  private int serve(
      String host,
      FakeReplica replica,
      Map<Integer, String> addresses,
      Executor executor,
      int keepAliveMillis)
      throws IOException {
    RpcSettings settings =
        new RpcSettings(
            replica.news().host(), addresses, MAX_MESSAGE, HEARTBEAT_MILLIS, keepAliveMillis);
    RpcServer server =
        RpcServer.start(
            threads, new InetSocketAddress(host, 0), settings, replica, reads, executor);
    servers.add(server);
    return server.port();
  }

  private PeerChannel channel(String address) {
    PeerChannel channel = new PeerChannel(threads, address, MAX_MESSAGE);
    channels.add(channel);
    return channel;
  }

  @AfterEach
  void stop() {
    clients.forEach(ScriptedClient::cancel);
    channels.forEach(PeerChannel::close);
    servers.forEach(RpcServer::close);
    threads.close();
    readers.shutdown();
    assertThat(first.listenerCount()).isZero();
  }

  private <Q, A> ScriptedClient<Q, A> client(int initially) {
    ScriptedClient<Q, A> client = new ScriptedClient<>(initially);
    clients.add(client);
    return client;
  }

  private static <Q, A> Status endOf(ScriptedClient<Q, A> client) {
    return client.end.orTimeout(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  // ---- Connect

  private ScriptedClient<FrontendMessage, PrimaryMessage> connect(
      StoreGrpc.StoreStub to, int take) {
    ScriptedClient<FrontendMessage, PrimaryMessage> client = client(take);
    to.connect(client);
    return client;
  }

  private static FrontendMessage confirmRead(long id) {
    return FrontendMessage.newBuilder().setConfirmRead(ConfirmRead.newBuilder().setId(id)).build();
  }

  private static FrontendLine opened(FakeReplica replica) throws InterruptedException {
    return replica.opened.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static List<PrimaryMessage> answers(ScriptedClient<?, PrimaryMessage> client) {
    return client.received.stream().filter(m -> !m.hasNews()).toList();
  }

  private static void expectConversation(
      ScriptedClient<FrontendMessage, PrimaryMessage> client, FakeReplica replica)
      throws InterruptedException {
    FrontendLine line = opened(replica);
    for (long id = 1; id <= 100; id++) {
      client.send(confirmRead(id));
      FakeReplica.FromLine heard =
          replica.lineMessages.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(heard).isEqualTo(new FakeReplica.FromLine(line, new FromFrontend.ConfirmRead(id)));
      line.send(new ToFrontend.ReadConfirmed(id, 10 * id));
    }
    soon().until(() -> answers(client).size() == 100);
    assertThat(answers(client))
        .extracting(answer -> answer.getReadConfirmed().getId())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 100).mapToObj(i -> (long) i).toList());
    soon().until(() -> client.received.stream().filter(PrimaryMessage::hasNews).count() >= 3);
  }

  @Test
  void lineToTheServingPrimaryCarriesMessagesBothWaysAndNews() throws InterruptedException {
    second.become(2, true);
    ScriptedClient<FrontendMessage, PrimaryMessage> client =
        connect(toSecond, ScriptedClient.EVERYTHING);
    expectConversation(client, second);
    client.halfClose();
    assertThat(endOf(client).isOk()).isTrue();
    soon().until(() -> second.closed.size() == 1);
  }

  @Test
  void lineIsPassedOnToThePrimaryThatTheReplicaKnows() throws InterruptedException {
    second.become(2, true);
    first.become(2, false);
    ScriptedClient<FrontendMessage, PrimaryMessage> client =
        connect(toFirst, ScriptedClient.EVERYTHING);
    expectConversation(client, second);
    assertThat(first.opened).isEmpty();
    assertThat(client.received)
        .filteredOn(PrimaryMessage::hasNews)
        .allSatisfy(news -> assertThat(news.getNews().getHost()).isEqualTo(2));
    client.cancel();
    soon().until(() -> second.closed.size() == 1);
  }

  @Test
  void lineEndsUnavailableWhenThePrimaryStopsBeingOne() throws InterruptedException {
    second.become(2, true);
    first.become(2, false);
    var direct = connect(toSecond, ScriptedClient.EVERYTHING);
    FrontendLine directLine = opened(second);
    var passedOn = connect(toFirst, ScriptedClient.EVERYTHING);
    FrontendLine passedOnLine = opened(second);
    directLine.close("no longer the primary");
    passedOnLine.close("no longer the primary");
    for (Status end : List.of(endOf(direct), endOf(passedOn))) {
      assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(end.getDescription()).contains("no longer the primary");
    }
    soon().until(() -> second.closed.size() == 2);
    passedOnLine.send(new ToFrontend.Released(1));
    assertThat(second.closedOn)
        .as("the loop that closes a line is not called back, it may have no room for itself")
        .doesNotContain(Thread.currentThread());
  }

  @Test
  void passedOnLineEndsWhenAnotherHostIsThePrimary() throws InterruptedException {
    second.become(2, true);
    first.become(2, false);
    var client = connect(toFirst, ScriptedClient.EVERYTHING);
    opened(second);
    first.become(3, false);
    Status end = endOf(client);
    assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(end.getDescription()).contains("host 3");
    soon().until(() -> second.closed.size() == 1);
  }

  @Test
  void lineIsNotPassedOnTwice() {
    first.become(2, false);
    second.become(3, false);
    var client = connect(toFirst, ScriptedClient.EVERYTHING);
    Status end = endOf(client);
    assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(end.getDescription()).contains("passed on before");

    var marked = connect(Forwarded.mark(toSecond, 1), ScriptedClient.EVERYTHING);
    assertThat(endOf(marked).getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
  }

  @Test
  void lineEndsUnavailableWhenNoPrimaryIsKnownOrItCannotBeReached() {
    Status end = endOf(connect(toFirst, ScriptedClient.EVERYTHING));
    assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(end.getDescription()).contains("no primary");

    first.become(3, false);
    end = endOf(connect(toFirst, ScriptedClient.EVERYTHING));
    assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(end.getDescription()).contains("host 3");
  }

  @Test
  void frontendThatDoesNotReadLosesItsLineAlsoWhenItIsPassedOn() throws InterruptedException {
    second.become(2, true);
    first.become(2, false);
    for (StoreGrpc.StoreStub to : List.of(toSecond, toFirst)) {
      var client = connect(to, 0);
      FrontendLine line = opened(second);
      ToFrontend answer = new ToFrontend.IsHeld(1, "x".repeat(1_000));
      // Far more than what the buffers on the way and both bounds hold together.
      for (int sent = 0; second.closed.isEmpty() && sent < 100_000; sent++) {
        line.send(answer);
      }
      soon().until(() -> !second.closed.isEmpty());
      assertThat(second.closed.take()).isSameAs(line);
      client.take(ScriptedClient.EVERYTHING);
      assertThat(endOf(client).getDescription()).contains("unread");
    }
  }

  @Test
  void frontendIsReadNoFasterThanTheLoopTakesItsMessages() throws InterruptedException {
    second.become(2, true);
    second.taking = new CompletableFuture<>();
    var stalled = second.taking;
    var client = connect(toSecond, ScriptedClient.EVERYTHING);
    opened(second);
    for (int id = 0; id < 200; id++) {
      client.send(confirmRead(id));
    }
    soon().until(() -> second.lineMessages.size() == LocalLine.WINDOW);
    // The answer to another call of the same connection comes after what was sent before it.
    var status = this.<StatusRequest, StatusReply>client(1);
    toSecond.status(StatusRequest.getDefaultInstance(), status);
    assertThat(endOf(status).isOk()).isTrue();
    assertThat(second.lineMessages).hasSize(LocalLine.WINDOW);
    second.taking = CompletableFuture.completedFuture(null);
    stalled.complete(null);
    soon().until(() -> second.lineMessages.size() == 200);
  }

  @Test
  void messageOfAnUnknownKindEndsTheLineAsInvalid() throws InterruptedException {
    second.become(2, true);
    var client = connect(toSecond, ScriptedClient.EVERYTHING);
    opened(second);
    client.send(FrontendMessage.getDefaultInstance());
    assertThat(endOf(client).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    soon().until(() -> second.closed.size() == 1);
  }

  // ---- Follow

  private ScriptedClient<FollowRequest, Applied> follow(long fromIndex, int take) {
    ScriptedClient<FollowRequest, Applied> client = client(take);
    toFirst.follow(FollowRequest.newBuilder().setFromIndex(fromIndex).build(), client);
    return client;
  }

  private void apply(int count) {
    reads.apply(count);
    first.applied(reads.appliedIndex(), first.news().appliedSlot() + 1);
  }

  private static void expectWithoutGaps(List<Applied> runs, long fromIndex, long upToIndex) {
    long next = fromIndex;
    for (Applied run : runs) {
      assertThat(run.getFirstIndex()).isEqualTo(next);
      assertThat(run.getEntries().size()).isEqualTo(run.getCount());
      byte[] expected = new byte[run.getCount()];
      for (int i = 0; i < run.getCount(); i++) {
        expected[i] = (byte) ((next + i) % 100);
      }
      assertThat(run.getEntries().toByteArray()).isEqualTo(expected);
      next += run.getCount();
    }
    assertThat(next).isEqualTo(upToIndex + 1);
  }

  private static long lastIndex(ScriptedClient<?, Applied> client) {
    List<Applied> runs = client.received;
    if (runs.isEmpty()) {
      return 0;
    }
    Applied last = runs.get(runs.size() - 1);
    return last.getFirstIndex() + last.getCount() - 1;
  }

  @Test
  void followGoesFromAnOldIndexToLiveWithoutAGap() {
    for (int slot = 0; slot < 300; slot++) {
      apply(1 + slot % 70);
    }
    var old = follow(3, ScriptedClient.EVERYTHING);
    var head = follow(reads.appliedIndex() + 1, ScriptedClient.EVERYTHING);
    long headFrom = reads.appliedIndex() + 1;
    for (int slot = 0; slot < 300; slot++) {
      apply(1 + slot % 7);
    }
    soon().until(() -> lastIndex(old) == reads.appliedIndex());
    soon().until(() -> lastIndex(head) == reads.appliedIndex());
    apply(1);
    soon().until(() -> lastIndex(old) == reads.appliedIndex());
    soon().until(() -> lastIndex(head) == reads.appliedIndex());
    expectWithoutGaps(old.received, 3, reads.appliedIndex());
    expectWithoutGaps(head.received, headFrom, reads.appliedIndex());
  }

  @Test
  void followFromBeyondTheEndWaitsUntilItIsThere() {
    apply(5);
    var client = follow(9, ScriptedClient.EVERYTHING);
    var witness = follow(1, ScriptedClient.EVERYTHING);
    apply(2);
    soon().until(() -> lastIndex(witness) == 7);
    assertThat(client.received).isEmpty();
    apply(3);
    soon().until(() -> lastIndex(client) == 10);
    expectWithoutGaps(client.received, 9, 10);
  }

  @Test
  void followBeforeTheFirstIndexIsRefused() {
    Status end = endOf(follow(0, ScriptedClient.EVERYTHING));
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains("from_index is 0");
  }

  @Test
  void slowReaderIsPacedAndMissesNothing() {
    for (int slot = 0; slot < 200; slot++) {
      apply(100_000);
    }
    var slow = follow(1, 1);
    soon().until(() -> slow.received.size() == 1);
    var fast = follow(1, ScriptedClient.EVERYTHING);
    soon().until(() -> lastIndex(fast) == reads.appliedIndex());
    int readForFast = fast.received.size();
    assertThat(slow.received).hasSize(1);
    assertThat(reads.runsRead.get() - readForFast)
        .as("runs of 100 kB read for a follower that takes none")
        .isLessThan(60);
    slow.take(ScriptedClient.EVERYTHING);
    soon().until(() -> lastIndex(slow) == reads.appliedIndex());
    expectWithoutGaps(slow.received, 1, reads.appliedIndex());
  }

  @Test
  void manyFollowersAtTheEndShareEachRead() {
    apply(1);
    var followers =
        IntStream.range(0, 30).mapToObj(i -> follow(2, ScriptedClient.EVERYTHING)).toList();
    for (int slot = 0; slot < 50; slot++) {
      apply(3);
      soon().until(() -> followers.stream().allMatch(f -> lastIndex(f) == reads.appliedIndex()));
    }
    // Two reader threads may read the same run at the same time.
    assertThat(reads.runsRead.get()).isLessThanOrEqualTo(100);
  }

  @Test
  void failureOfTheStorageEndsTheCallWithATextForPeople() {
    apply(1);
    reads.failure = new IllegalStateException("secret detail of the disk");
    Status end = endOf(follow(1, ScriptedClient.EVERYTHING));
    assertThat(end.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(end.getDescription()).contains("its log says why").doesNotContain("secret");
  }

  // ---- Watch

  @Test
  void watchTellsNewsNowAtEachChangeAndAtEachHeartbeat() {
    ScriptedClient<WatchRequest, News> client = client(ScriptedClient.EVERYTHING);
    toFirst.watch(WatchRequest.getDefaultInstance(), client);
    soon().until(() -> client.received.size() >= 4);
    assertThat(client.received).allSatisfy(news -> assertThat(news.getPrimaryHost()).isZero());
    assertThat(client.received.get(0).getPrimaryAddress()).isEmpty();

    first.become(3, false);
    soon().until(() -> last(client).getPrimaryHost() == 3);
    assertThat(last(client).getPrimaryAddress()).isEqualTo("127.31.0.3:1");
    assertThat(last(client).getEpoch()).isEqualTo(1);
    first.become(1, true);
    soon().until(() -> last(client).getServing());
    first.applied(77, 7);
    soon().until(() -> last(client).getAppliedIndex() == 77);
  }

  private static News last(ScriptedClient<?, News> client) {
    return client.received.get(client.received.size() - 1);
  }

  @Test
  void fastGrowthOfTheTimelineIsToldInFewNews() {
    ScriptedClient<WatchRequest, News> client = client(ScriptedClient.EVERYTHING);
    long startNanos = System.nanoTime();
    toFirst.watch(WatchRequest.getDefaultInstance(), client);
    soon().until(() -> !client.received.isEmpty());
    long changes = 0;
    while (client.received.size() < 20) {
      first.applied(++changes, changes);
    }
    long told = client.received.size();
    long elapsedMillis = (System.nanoTime() - startNanos) / 1_000_000;
    assertThat(told).isLessThanOrEqualTo(3 + elapsedMillis / 10 + elapsedMillis / HEARTBEAT_MILLIS);
    assertThat(changes).isGreaterThan(told);
    long all = changes;
    soon().until(() -> last(client).getAppliedIndex() == all);
  }

  // ---- single answers and copies

  @Test
  void graphComesInChunksWithNamesBeforeFollows() {
    List<String> names = IntStream.range(0, 20_000).mapToObj(i -> "user" + i).toList();
    List<TimelineReads.Edge> edges =
        IntStream.range(0, 40_000).mapToObj(i -> new TimelineReads.Edge(i / 2, i % 7, i)).toList();
    reads.graph = new TimelineReads.Graph(99, names, edges);
    List<GraphChunk> chunks = graph();
    assertThat(chunks).hasSizeGreaterThan(4);
    assertThat(chunks)
        .allSatisfy(
            chunk -> {
              assertThat(chunk.getIndex()).isEqualTo(99);
              assertThat(chunk.getSerializedSize()).isLessThan(256 * 1024);
            });
    assertThat(chunks.stream().flatMap(c -> c.getNamesList().stream()).toList()).isEqualTo(names);
    assertThat(
            chunks.stream()
                .flatMap(c -> c.getFollowsList().stream())
                .map(
                    e ->
                        new TimelineReads.Edge(e.getFollower(), e.getFollowee(), e.getSinceIndex()))
                .toList())
        .isEqualTo(edges);
  }

  @Test
  void emptyGraphIsOneChunkWithItsIndex() {
    assertThat(graph()).containsExactly(GraphChunk.getDefaultInstance());
  }

  private List<GraphChunk> graph() {
    ScriptedClient<GraphRequest, GraphChunk> client = client(ScriptedClient.EVERYTHING);
    toFirst.graph(GraphRequest.getDefaultInstance(), client);
    assertThat(endOf(client).isOk()).isTrue();
    return client.received;
  }

  private StoreGrpc.StoreBlockingStub blocking() {
    return StoreGrpc.newBlockingStub(toFirst.getChannel()).withDeadlineAfter(Patience.LIMIT);
  }

  private static HistoryRequest history(long upToIndex, int limit) {
    return HistoryRequest.newBuilder()
        .setUpToIndex(upToIndex)
        .setLimit(limit)
        .addAuthors(AuthorSince.newBuilder().setAuthor("ann").setSinceIndex(4))
        .build();
  }

  @Test
  void historyAnswersUpToWhatIsApplied() {
    apply(10);
    HistoryReply reply = blocking().history(history(10, 20));
    assertThat(reply.getPostsList()).hasSize(1);
    assertThat(reply.getPosts(0).getIndex()).isEqualTo(5);
    assertThat(reply.getPosts(0).getPost().getAuthor()).isEqualTo("ann");
    assertThat(reply.getPosts(0).getPost().getText()).isEqualTo("up to 10");

    assertThatThrownBy(() -> blocking().history(history(11, 20)))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("FAILED_PRECONDITION")
        .hasMessageContaining("Host 1 has applied the timeline up to index 10, not yet up to 11");
    assertThatThrownBy(() -> blocking().history(history(10, 0)))
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("limit is 0");
    assertThatThrownBy(() -> blocking().history(history(10, StoreService.MAX_HISTORY_POSTS + 1)))
        .hasMessageContaining("limit is 1025");
  }

  @Test
  void historyTellsTheKeysOfPosts() {
    Command.Post keyed = new Command.Post("ann", "x", 0, 0, false, new Command.PostKey(-5, 6));
    HistoryReply reply =
        StoreCodec.toProto(List.of(new TimelineReads.IndexedPost(7, keyed)), 1_000);
    assertThat(reply.getPosts(0).getPost().getWriter()).isEqualTo(-5);
    assertThat(reply.getPosts(0).getPost().getSequence()).isEqualTo(6);
  }

  @Test
  void historyThatIsTooLargeForOneMessageLeavesOutTheOldestAndSaysSo() {
    List<TimelineReads.IndexedPost> posts =
        IntStream.rangeClosed(1, 10)
            .mapToObj(i -> new Command.Post("ann", "x".repeat(1_000), i, 0, true))
            .map(post -> new TimelineReads.IndexedPost(post.seconds(), post))
            .toList();
    HistoryReply cut = StoreCodec.toProto(posts, 2_500);
    assertThat(cut.getCut()).isTrue();
    assertThat(cut.getPostsList()).extracting(post -> post.getIndex()).containsExactly(8L, 9L, 10L);
    HistoryReply whole = StoreCodec.toProto(posts, 20_000);
    assertThat(whole.getCut()).isFalse();
    assertThat(whole.getPostsList()).hasSize(10);
  }

  @Test
  void statusShowsTheReplicasView() {
    first.become(2, false);
    StatusReply status = blocking().status(StatusRequest.getDefaultInstance());
    assertThat(status.getRole()).isEqualTo("standby");
    assertThat(status.getPromised()).isEqualTo("1@2");
    assertThat(status.getUsers()).isEqualTo(11);
    assertThat(status.getPosts()).isEqualTo(12);
    assertThat(status.getSessions()).isEqualTo(3);
    assertThat(status.getNews().getPrimaryAddress()).startsWith("127.31.0.2:");
  }

  @Test
  void copyOfTheLogEndsAtTheSlotThatWasAppliedWhenItBegan() {
    for (int slot = 0; slot < 30; slot++) {
      apply(1);
    }
    reads.apply(1);
    List<LogSlots> chunks = new ArrayList<>();
    Iterator<LogSlots> copy =
        blocking().copyLog(CopyLogRequest.newBuilder().setFromSlot(2).build());
    copy.forEachRemaining(chunks::add);
    assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.getUpToSlot()).isEqualTo(30));
    assertThat(chunks.stream().flatMap(c -> c.getSlotsList().stream()).map(s -> s.getSlot()))
        .containsExactlyElementsOf(IntStream.rangeClosed(2, 30).mapToObj(i -> (long) i).toList());
    assertThat(chunks).hasSizeGreaterThan(3);

    assertThatThrownBy(() -> blocking().copyLog(CopyLogRequest.getDefaultInstance()).next())
        .hasMessageContaining("from_slot is 0");
  }

  @Test
  void tooManyReadsAreRefusedNotQueued() throws IOException {
    Executor full =
        task -> {
          throw new RejectedExecutionException();
        };
    int port = serve("127.31.0.4", first, Map.of(), full);
    StoreGrpc.StoreStub busy = StoreGrpc.newStub(channel("127.31.0.4:" + port).channel());
    ScriptedClient<StatusRequest, StatusReply> status = client(1);
    busy.status(StatusRequest.getDefaultInstance(), status);
    assertThat(endOf(status).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    ScriptedClient<FollowRequest, Applied> follow = client(1);
    busy.follow(FollowRequest.newBuilder().setFromIndex(1).build(), follow);
    assertThat(endOf(follow).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  /** Of a peer whose network is cut nothing comes, not even the end of its connection. */
  @Test
  void connectionOfAPeerThatHasGoneSilentlyIsClosedAndAQuietOneIsKept() throws IOException {
    int port = serve("127.31.0.5", first, Map.of(), readers, 1_000);
    ScriptedClient<WatchRequest, News> quiet = client(ScriptedClient.EVERYTHING);
    StoreGrpc.newStub(channel("127.31.0.5:" + port).channel())
        .watch(WatchRequest.getDefaultInstance(), quiet);
    try (Socket gone = new Socket("127.31.0.5", port)) {
      gone.setSoTimeout(Math.toIntExact(Patience.LIMIT.toMillis()));
      gone.getOutputStream().write(HTTP2_PREFACE);
      gone.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
    assertThat(quiet.received).isNotEmpty();
    assertThat(quiet.end).isNotDone();
  }

  @Test
  void healthSaysServing() {
    var health = HealthGrpc.newBlockingStub(toFirst.getChannel());
    for (String service : List.of("", "parley.store.Store")) {
      HealthCheckRequest request = HealthCheckRequest.newBuilder().setService(service).build();
      assertThat(health.withDeadlineAfter(Patience.LIMIT).check(request).getStatus())
          .isEqualTo(ServingStatus.SERVING);
    }
  }
}
