package parley.timelineservice.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import parley.proto.store.Applied;
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
import parley.timelineservice.runtime.Replica;
import parley.timelineservice.timeline.TimelineReads;

/**
 * What frontends and people ask of this replica. Handlers run on the network's threads and never
 * block: what may touch the disk runs on the reader threads, what the replica must do is queued for
 * its loop.
 */
final class StoreService extends StoreGrpc.StoreImplBase implements AutoCloseable {

  static final int MAX_HISTORY_POSTS = 1_024;
  static final int MAX_HISTORY_AUTHORS = 100_000;

  /** Half of what frontends take in one message; enough for that many posts of the usual length. */
  static final int MAX_HISTORY_BYTES = 8 << 20;

  private final RpcThreads threads;
  private final RpcSettings settings;
  private final Replica replica;
  private final TimelineReads reads;
  private final Executor readers;
  private final NewsFeed feed;
  private final RecentRuns runs;
  private final Map<Integer, PeerChannel> primaries = new ConcurrentHashMap<>();

  StoreService(
      RpcThreads threads,
      RpcSettings settings,
      Replica replica,
      TimelineReads reads,
      Executor readers) {
    this.threads = threads;
    this.settings = settings;
    this.replica = replica;
    this.reads = reads;
    this.readers = readers;
    this.feed =
        new NewsFeed(replica, settings.addresses(), threads.timer(), settings.heartbeatMillis());
    this.runs = new RecentRuns(reads);
  }

  @Override
  public StreamObserver<FrontendMessage> connect(StreamObserver<PrimaryMessage> responses) {
    ServerCallStreamObserver<PrimaryMessage> frontend =
        (ServerCallStreamObserver<PrimaryMessage>) responses;
    parley.timelineservice.runtime.News news = replica.news();
    if (news.serving()) {
      LocalLine line = new LocalLine(replica, feed, threads.timer(), frontend);
      line.open();
      return line;
    }
    if (Forwarded.isMarked()) {
      return refuse(frontend, RpcErrors.secondHop(settings.host()));
    }
    int primaryHost = news.primaryHost();
    if (primaryHost == settings.host() || !settings.addresses().containsKey(primaryHost)) {
      return refuse(frontend, RpcErrors.noPrimary(settings.host()));
    }
    return new Relay(primaryHost, feed, frontend).open(behind(primaryHost));
  }

  private StoreGrpc.StoreStub behind(int primaryHost) {
    PeerChannel channel =
        primaries.computeIfAbsent(
            primaryHost,
            host ->
                new PeerChannel(
                    threads, settings.addresses().get(host), settings.maxMessageBytes()));
    return Forwarded.mark(StoreGrpc.newStub(channel.channel()), settings.host());
  }

  private static StreamObserver<FrontendMessage> refuse(
      StreamObserver<PrimaryMessage> frontend, RuntimeException why) {
    frontend.onError(why);
    return new IgnoredStream<>();
  }

  @Override
  public void follow(FollowRequest request, StreamObserver<Applied> responses) {
    if (request.getFromIndex() < 1) {
      responses.onError(
          RpcErrors.invalid("from_index is " + request.getFromIndex() + "; indexes begin at 1"));
      return;
    }
    ServerCallStreamObserver<Applied> follower = (ServerCallStreamObserver<Applied>) responses;
    PacedStream<Applied> stream =
        new PacedStream<>(
            follower, new TimelineSource(reads, runs, request.getFromIndex()), readers);
    Runnable onChange = stream::wake;
    Runnable leave = () -> feed.removeChangeListener(onChange);
    follower.setOnReadyHandler(stream::wake);
    follower.setOnCancelHandler(leave);
    follower.setOnCloseHandler(leave);
    feed.addChangeListener(onChange);
    stream.wake();
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<News> responses) {
    new WatchStream(feed, threads.timer(), (ServerCallStreamObserver<News>) responses).open();
  }

  @Override
  public void graph(GraphRequest request, StreamObserver<GraphChunk> responses) {
    stream((ServerCallStreamObserver<GraphChunk>) responses, new GraphSource(reads));
  }

  @Override
  public void copyLog(CopyLogRequest request, StreamObserver<LogSlots> responses) {
    if (request.getFromSlot() < 1) {
      responses.onError(
          RpcErrors.invalid("from_slot is " + request.getFromSlot() + "; slots begin at 1"));
      return;
    }
    stream(
        (ServerCallStreamObserver<LogSlots>) responses,
        new LogSource(reads, request.getFromSlot(), replica.news().appliedSlot()));
  }

  private <T> void stream(ServerCallStreamObserver<T> client, PacedStream.Source<T> source) {
    PacedStream<T> stream = new PacedStream<>(client, source, readers);
    client.setOnReadyHandler(stream::wake);
    client.setOnCancelHandler(() -> {});
    stream.wake();
  }

  @Override
  public void history(HistoryRequest request, StreamObserver<HistoryReply> responses) {
    if (request.getLimit() < 1 || request.getLimit() > MAX_HISTORY_POSTS) {
      responses.onError(
          RpcErrors.invalid(
              "limit is %d; it must be from 1 to %d"
                  .formatted(request.getLimit(), MAX_HISTORY_POSTS)));
      return;
    }
    if (request.getAuthorsCount() > MAX_HISTORY_AUTHORS) {
      responses.onError(
          RpcErrors.invalid(
              "%d authors; at most %d may be asked for"
                  .formatted(request.getAuthorsCount(), MAX_HISTORY_AUTHORS)));
      return;
    }
    answer((ServerCallStreamObserver<HistoryReply>) responses, () -> history(request));
  }

  private HistoryReply history(HistoryRequest request) {
    long appliedIndex = reads.appliedIndex();
    if (request.getUpToIndex() > appliedIndex) {
      throw RpcErrors.notApplied(settings.host(), request.getUpToIndex(), appliedIndex);
    }
    List<TimelineReads.AuthorSince> authors =
        request.getAuthorsList().stream()
            .map(a -> new TimelineReads.AuthorSince(a.getAuthor(), a.getSinceIndex()))
            .toList();
    List<TimelineReads.IndexedPost> posts =
        reads.newest(authors, request.getUpToIndex(), request.getLimit());
    return StoreCodec.toProto(posts, MAX_HISTORY_BYTES);
  }

  @Override
  public void status(StatusRequest request, StreamObserver<StatusReply> responses) {
    answer((ServerCallStreamObserver<StatusReply>) responses, this::status);
  }

  private StatusReply status() {
    parley.timelineservice.runtime.News news = replica.news();
    TimelineReads.Totals totals = reads.totals();
    return StatusReply.newBuilder()
        .setNews(StoreCodec.toProto(news, settings.addresses()))
        .setRole(news.role())
        .setPromised(news.promised())
        .setUsers(totals.users())
        .setPosts(totals.posts())
        .setSessions(replica.sessions())
        .setIncarnation(news.incarnation())
        .build();
  }

  /** Computes one answer on a reader thread. */
  private <A> void answer(ServerCallStreamObserver<A> client, Supplier<A> answer) {
    client.setOnCancelHandler(() -> {});
    try {
      readers.execute(
          () -> {
            if (client.isCancelled()) {
              return;
            }
            try {
              client.onNext(answer.get());
            } catch (RuntimeException e) {
              client.onError(RpcErrors.of(e));
              return;
            }
            client.onCompleted();
          });
    } catch (RejectedExecutionException e) {
      client.onError(RpcErrors.of(e));
    }
  }

  /** Ends the news and the connections to other replicas. */
  @Override
  public void close() {
    feed.close();
    primaries.values().forEach(PeerChannel::close);
  }
}
