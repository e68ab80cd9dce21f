package parley.frontend.fake;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import parley.proto.store.Applied;
import parley.proto.store.Claim;
import parley.proto.store.Claimed;
import parley.proto.store.CreateUser;
import parley.proto.store.Entries;
import parley.proto.store.Entry;
import parley.proto.store.Follow;
import parley.proto.store.FollowEdge;
import parley.proto.store.FollowRequest;
import parley.proto.store.FrontendMessage;
import parley.proto.store.GraphChunk;
import parley.proto.store.GraphRequest;
import parley.proto.store.Hello;
import parley.proto.store.HistoryReply;
import parley.proto.store.HistoryRequest;
import parley.proto.store.IndexedPost;
import parley.proto.store.IsHeld;
import parley.proto.store.News;
import parley.proto.store.Outcome;
import parley.proto.store.Post;
import parley.proto.store.PrimaryMessage;
import parley.proto.store.ReadConfirmed;
import parley.proto.store.Register;
import parley.proto.store.Registered;
import parley.proto.store.Released;
import parley.proto.store.StoreGrpc;
import parley.proto.store.Submit;
import parley.proto.store.Submitted;
import parley.proto.store.Unfollow;
import parley.proto.store.WatchRequest;

/**
 * Three timeline services on the loopback address that share one log in memory, and whose failures
 * a test directs: changes of primary, lost replies, void commands, hosts that fall silent.
 */
public final class FakeStore implements AutoCloseable {
  private static final int RUN_MAX = 200;
  private static final int HISTORY_MAX = 1_024;

  private final FakeLog log = new FakeLog();
  private final Map<Integer, Host> hosts = new LinkedHashMap<>();
  private final Set<Line> lines = new LinkedHashSet<>();
  private final Map<String, Line> holders = new HashMap<>();
  private final ScheduledExecutorService pump = Executors.newSingleThreadScheduledExecutor();
  private final Future<?> pumping;
  private final ArrayDeque<Runnable> held = new ArrayDeque<>();
  private final List<Entry.CommandCase> kinds = new ArrayList<>();
  private long epoch = 1;
  private int primary = 1;
  private int candidate;
  private boolean candidateRefuses;
  private boolean holding;
  private int repliesToLose;
  private int submitsToVoid;
  private int linesOpened;
  private int historyQuestions;
  private int followsOpened;
  private int refusing;
  private int historyCut = HISTORY_MAX;

  /** Starts all hosts; host 1 is primary. */
  public FakeStore() throws IOException {
    for (int host = 1; host <= 3; host++) {
      hosts.put(host, new Host(host));
    }
    pumping = pump.scheduleWithFixedDelay(this::pump, 0, 5, TimeUnit.MILLISECONDS);
  }

  public Map<Integer, InetSocketAddress> addresses() {
    Map<Integer, InetSocketAddress> addresses = new HashMap<>();
    hosts.forEach(
        (id, host) ->
            addresses.put(
                id,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), host.server.getPort())));
    return addresses;
  }

  /** Another host becomes primary: all lines end, and whatever was not answered stays so. */
  public synchronized void changePrimary(int host) {
    epoch++;
    primary = host;
    closeLines();
  }

  /**
   * The primary's process ends, and a candidate leads the others into a new epoch. They name the
   * dead one until the candidate wins, which it does when the next line is opened; that line is
   * refused, or hears nothing.
   */
  public void killPrimary(int candidate, boolean refusing) {
    int killed;
    synchronized (this) {
      killed = primary;
      epoch++;
      this.candidate = candidate;
      candidateRefuses = refusing;
      closeLines();
    }
    stop(killed);
  }

  /** The host is candidate in a higher epoch, though the primary lives and serves; lines end. */
  public synchronized void misleadByCandidate(int candidate) {
    hosts.get(candidate).misleads = true;
    closeLines();
  }

  private void win() {
    primary = candidate;
    candidate = 0;
    pump();
  }

  /** Nobody is primary any more. */
  public synchronized void dethrone() {
    primary = 0;
    closeLines();
  }

  /** From now on commits, reads and presence wait. */
  public synchronized void hold() {
    holding = true;
  }

  /** What waited is done now, and what comes. */
  public synchronized void release() {
    holding = false;
    while (!held.isEmpty()) {
      held.poll().run();
    }
  }

  /** The next so many answers to commands are lost, each with its line. */
  public synchronized void loseReplies(int count) {
    repliesToLose = count;
  }

  /** The next so many submits are void, as after a change of primary in the pipeline. */
  public synchronized void voidSubmits(int count) {
    submitsToVoid = count;
  }

  /** The host's process ends. */
  public void stop(int host) {
    hosts.get(host).server.shutdownNow();
  }

  /** The lines that are open now bring nothing any more, and do not end. */
  public synchronized void silenceLines() {
    lines.forEach(line -> line.silent = true);
  }

  /** The host accepts no lines any more, and those through it end; its news go on. */
  public synchronized void refuseLinesAt(int host) {
    refusing = host;
    closeLines();
  }

  /** All hosts accept lines again. */
  public synchronized void refuseNoLines() {
    refusing = 0;
  }

  /** How many lines are open through the host. */
  public synchronized int linesThrough(int host) {
    return (int) lines.stream().filter(line -> line.host == host).count();
  }

  /** The host's replica sends nothing to its followers any more; its news say that all is well. */
  public synchronized void stopFollows(int host) {
    hosts.get(host).stuck = true;
  }

  /** All replicas send to their followers again. */
  public synchronized void resumeFollows() {
    hosts.values().forEach(host -> host.stuck = false);
  }

  /** The host's replica applies nothing more, and hears of no primary. */
  public synchronized void cutOff(int host) {
    hosts.get(host).cutOffAt = log.index();
    hosts.get(host).cutOffNanos = System.nanoTime();
  }

  /** It does again. */
  public synchronized void heal(int host) {
    hosts.get(host).cutOffAt = Long.MAX_VALUE;
  }

  /** A frontend of the same host registers in the place of the present one. */
  public synchronized long replaceFrontend(int host, long incarnation) {
    Register asking = Register.newBuilder().setHost(host).build();
    long current = log.register(incarnation, asking);
    return log.register(incarnation, asking.toBuilder().setReplaces(current).build());
  }

  public synchronized long index() {
    return log.index();
  }

  public synchronized boolean isHeld(String name) {
    return holders.containsKey(name);
  }

  public synchronized int linesOpened() {
    return linesOpened;
  }

  public synchronized int lines() {
    return lines.size();
  }

  public synchronized int followsOpened() {
    return followsOpened;
  }

  public synchronized int historyQuestions() {
    return historyQuestions;
  }

  public synchronized int waiting() {
    return held.size();
  }

  /** Who the host's replica is followed by now. */
  public synchronized int followersOf(int host) {
    return (int) hosts.get(host).follows.stream().filter(f -> !f.out.isCancelled()).count();
  }

  /** All texts posted by a user, in the order of the timeline. */
  public synchronized List<String> posts(String author) {
    List<String> texts = new ArrayList<>();
    for (long i = 1; i <= log.index(); i++) {
      if (log.event(i).hasPost() && log.event(i).getPost().getAuthor().equals(author)) {
        texts.add(log.event(i).getPost().getText());
      }
    }
    return texts;
  }

  /** How many commands came before the last Follow. */
  public synchronized int commandsBeforeLastFollow() {
    return kinds.lastIndexOf(Entry.CommandCase.FOLLOW);
  }

  /** Commits a post by itself, as if another frontend had sent it. */
  public synchronized void post(String author, String text) {
    direct(Entry.newBuilder().setPost(Post.newBuilder().setAuthor(author).setText(text)));
  }

  /** Commits a post with a key, as if another frontend had sent it. */
  public synchronized void post(String author, String text, long writer, long sequence) {
    direct(
        Entry.newBuilder()
            .setPost(
                Post.newBuilder()
                    .setAuthor(author)
                    .setText(text)
                    .setWriter(writer)
                    .setSequence(sequence)));
  }

  /** As if so many others had posted since that no writer is remembered. */
  public synchronized void forgetWriters() {
    log.forgetWriters();
  }

  /** From now on no more than so many posts fit into one reply. */
  public synchronized void cutHistory(int posts) {
    historyCut = posts;
  }

  /** Makes users known, as if another frontend had. */
  public synchronized void createUsers(String... names) {
    for (String name : names) {
      direct(Entry.newBuilder().setCreateUser(CreateUser.newBuilder().setName(name)));
    }
  }

  /** One user follows another, as if by another frontend. */
  public synchronized void follow(String follower, String followee) {
    direct(
        Entry.newBuilder()
            .setFollow(Follow.newBuilder().setFollower(follower).setFollowee(followee)));
  }

  /** One user no longer follows another, as if by another frontend. */
  public synchronized void unfollow(String follower, String followee) {
    direct(
        Entry.newBuilder()
            .setUnfollow(Unfollow.newBuilder().setFollower(follower).setFollowee(followee)));
  }

  @Override
  public void close() {
    boolean pumpedToTheEnd = !pumping.isDone();
    pump.shutdownNow();
    hosts.values().forEach(host -> host.server.shutdownNow());
    if (!pumpedToTheEnd) {
      throw new AssertionError("news and timelines stopped before the test's end: " + pumping);
    }
  }

  /** A stream that its client cancels takes what is still sent to it in silence. */
  private static <T> ServerCallStreamObserver<T> lenient(StreamObserver<T> out) {
    ServerCallStreamObserver<T> lenient = (ServerCallStreamObserver<T>) out;
    lenient.setOnCancelHandler(() -> {});
    return lenient;
  }

  private void direct(Entry.Builder entry) {
    long client = 77;
    if (!log.isKnown(client)) {
      log.register(client, Register.newBuilder().setHost(99).build());
    }
    Outcome outcome = log.apply(entry.setClient(client).setNumber(log.last(client) + 1).build());
    if (outcome != Outcome.DONE) {
      throw new AssertionError(entry + ": " + outcome);
    }
  }

  private void closeLines() {
    List.copyOf(lines).forEach(Line::end);
    held.clear();
  }

  private synchronized void pump() {
    hosts.values().forEach(Host::pump);
    long now = System.nanoTime();
    for (Line line : lines) {
      if (now - line.newsNanos > TimeUnit.MILLISECONDS.toNanos(100)) {
        line.newsNanos = now;
        line.send(PrimaryMessage.newBuilder().setNews(hosts.get(primary).news()).build());
      }
    }
  }

  /** One timeline service. */
  private final class Host extends StoreGrpc.StoreImplBase {
    final int id;
    final Server server;
    final List<FollowStream> follows = new ArrayList<>();
    private final List<ServerCallStreamObserver<News>> watches = new ArrayList<>();
    private News last;
    private long newsNanos;
    long cutOffAt = Long.MAX_VALUE;
    long cutOffNanos;
    boolean stuck;
    boolean misleads;

    Host(int id) throws IOException {
      this.id = id;
      this.server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .directExecutor()
              .addService(this)
              .build()
              .start();
    }

    long applied() {
      return Math.min(log.index(), cutOffAt);
    }

    News news() {
      boolean cutOff = cutOffAt != Long.MAX_VALUE;
      int silentMs =
          cutOff ? (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - cutOffNanos) : 0;
      return News.newBuilder()
          .setHost(id)
          .setEpoch(misleads ? epoch + 1 : epoch)
          .setPrimaryHost(primary)
          .setServing(candidate == 0 && primary == id)
          .setAppliedIndex(applied())
          .setPrimarySilentMs(silentMs)
          .build();
    }

    void pump() {
      News now = news();
      long nanos = System.nanoTime();
      if (!now.equals(last) || nanos - newsNanos > TimeUnit.MILLISECONDS.toNanos(100)) {
        last = now;
        newsNanos = nanos;
        watches.removeIf(ServerCallStreamObserver::isCancelled);
        watches.forEach(watch -> watch.onNext(now));
      }
      follows.removeIf(follow -> follow.out.isCancelled());
      if (!stuck) {
        follows.forEach(follow -> follow.pump(applied()));
      }
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<News> out) {
      synchronized (FakeStore.this) {
        out.onNext(news());
        watches.add(lenient(out));
      }
    }

    @Override
    public void follow(FollowRequest request, StreamObserver<Applied> out) {
      synchronized (FakeStore.this) {
        followsOpened++;
        follows.add(new FollowStream(request.getFromIndex(), lenient(out)));
      }
    }

    @Override
    public void graph(GraphRequest request, StreamObserver<GraphChunk> out) {
      synchronized (FakeStore.this) {
        List<String> users = log.users();
        GraphChunk.Builder chunk = GraphChunk.newBuilder().setIndex(log.index());
        chunk.addAllNames(users);
        out.onNext(chunk.build());
        chunk.clearNames();
        for (String user : users) {
          log.followees(user)
              .forEach(
                  (followee, since) ->
                      chunk.addFollows(
                          FollowEdge.newBuilder()
                              .setFollower(users.indexOf(user))
                              .setFollowee(users.indexOf(followee))
                              .setSinceIndex(since)));
        }
        out.onNext(chunk.build());
        out.onCompleted();
      }
    }

    @Override
    public void history(HistoryRequest request, StreamObserver<HistoryReply> out) {
      synchronized (FakeStore.this) {
        historyQuestions++;
        if (request.getLimit() < 1 || request.getLimit() > HISTORY_MAX) {
          throw new AssertionError("a limit of " + request.getLimit());
        }
        if (request.getUpToIndex() > applied()) {
          out.onError(Status.FAILED_PRECONDITION.asRuntimeException());
        } else {
          List<IndexedPost> posts = log.history(request);
          int cut = Math.max(0, posts.size() - historyCut);
          out.onNext(
              HistoryReply.newBuilder()
                  .addAllPosts(posts.subList(cut, posts.size()))
                  .setCut(cut > 0)
                  .build());
          out.onCompleted();
        }
      }
    }

    @Override
    public StreamObserver<FrontendMessage> connect(StreamObserver<PrimaryMessage> out) {
      synchronized (FakeStore.this) {
        linesOpened++;
        Line line = new Line(id, lenient(out));
        if (candidate != 0) {
          if (candidateRefuses) {
            line.end();
          }
          win();
        } else if (primary == 0 || refusing == id) {
          line.end();
        } else {
          lines.add(line);
        }
        return line;
      }
    }
  }

  /** One Follow stream, paced by flow control. */
  private final class FollowStream {
    final ServerCallStreamObserver<Applied> out;
    private long next;

    FollowStream(long next, ServerCallStreamObserver<Applied> out) {
      this.next = next;
      this.out = out;
    }

    void pump(long last) {
      while (next <= last && out.isReady()) {
        Entries.Builder entries = Entries.newBuilder();
        long first = next;
        while (next <= last && next - first < RUN_MAX) {
          entries.addEntries(log.event(next++));
        }
        out.onNext(
            Applied.newBuilder()
                .setFirstIndex(first)
                .setCount(entries.getEntriesCount())
                .setEntries(entries.build().toByteString())
                .build());
      }
    }
  }

  /** One Connect stream. All under the store's lock. */
  private final class Line implements StreamObserver<FrontendMessage> {
    private final int host;
    private final StreamObserver<PrimaryMessage> out;
    private final Map<Long, Claim> asked = new HashMap<>();
    private final Map<Long, Line> askedBy = new HashMap<>();
    private boolean ended;
    private boolean complete;
    boolean silent;
    long newsNanos;
    private long lastAsked;

    Line(int host, StreamObserver<PrimaryMessage> out) {
      this.host = host;
      this.out = out;
    }

    void send(PrimaryMessage message) {
      if (!ended && !silent) {
        out.onNext(message);
      }
    }

    void end() {
      if (!ended) {
        gone();
        out.onError(Status.UNAVAILABLE.withDescription("not the primary").asRuntimeException());
      }
    }

    @Override
    public void onNext(FrontendMessage message) {
      synchronized (FakeStore.this) {
        if (message.hasHello()) {
          onHello(message.getHello());
        } else if (!complete) {
          throw new AssertionError("before the Hello: " + message);
        } else if (message.hasHeld()) {
          onHeld(message.getHeld().getId(), message.getHeld().getHeld());
        } else if (holding) {
          held.add(() -> onMessage(message));
        } else {
          onMessage(message);
        }
      }
    }

    @Override
    public void onError(Throwable error) {
      synchronized (FakeStore.this) {
        gone();
      }
    }

    @Override
    public void onCompleted() {
      onError(null);
    }

    private void gone() {
      ended = true;
      lines.remove(this);
      holders.values().removeIf(line -> line == this);
    }

    private void onHello(Hello hello) {
      hello.getNamesList().forEach(name -> holders.put(name, this));
      complete = hello.getComplete();
      if (complete && hello.getRegister()) {
        long current =
            log.register(
                hello.getIncarnation(),
                Register.newBuilder()
                    .setHost(hello.getHost())
                    .setReplaces(hello.getReplaces())
                    .build());
        send(
            PrimaryMessage.newBuilder()
                .setRegistered(Registered.newBuilder().setCurrent(current))
                .build());
      }
    }

    private void onMessage(FrontendMessage message) {
      if (ended) {
        return;
      }
      switch (message.getKindCase()) {
        case SUBMIT -> onSubmit(message.getSubmit());
        case CONFIRM_READ ->
            send(
                PrimaryMessage.newBuilder()
                    .setReadConfirmed(
                        ReadConfirmed.newBuilder()
                            .setId(message.getConfirmRead().getId())
                            .setIndex(log.index()))
                    .build());
        case CLAIM -> onClaim(message.getClaim());
        case RELEASE -> {
          holders.remove(message.getRelease().getName(), this);
          send(
              PrimaryMessage.newBuilder()
                  .setReleased(Released.newBuilder().setId(message.getRelease().getId()))
                  .build());
        }
        default -> throw new AssertionError("unexpected: " + message);
      }
    }

    private void onSubmit(Submit submit) {
      Submitted.Builder answer = Submitted.newBuilder().setFirstNumber(submit.getFirstNumber());
      if (!log.isKnown(submit.getClient())) {
        answer.setUnknownClient(true);
      } else if (submitsToVoid > 0 || submit.getFirstNumber() > log.last(submit.getClient()) + 1) {
        submitsToVoid = Math.max(0, submitsToVoid - 1);
        answer.setResendFromNumber(log.last(submit.getClient()) + 1);
      } else {
        for (Entry entry : entries(submit)) {
          answer.addOutcomes(log.apply(entry));
          kinds.add(entry.getCommandCase());
        }
      }
      if (repliesToLose > 0) {
        repliesToLose--;
        end();
      } else {
        send(PrimaryMessage.newBuilder().setSubmitted(answer).build());
      }
    }

    private List<Entry> entries(Submit submit) {
      try {
        List<Entry> entries = Entries.parseFrom(submit.getEntries()).getEntriesList();
        for (int i = 0; i < entries.size(); i++) {
          if (entries.get(i).getNumber() != submit.getFirstNumber() + i
              || entries.get(i).getClient() != submit.getClient()
              || entries.size() != submit.getCount()) {
            throw new AssertionError("wrongly numbered: " + submit);
          }
        }
        return entries;
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }

    private void onClaim(Claim claim) {
      Line holder = holders.get(claim.getName());
      if (claim.getJoin() || holder == null) {
        holders.putIfAbsent(claim.getName(), this);
        answer(claim, true);
      } else {
        long id = ++holder.lastAsked;
        holder.asked.put(id, claim);
        holder.askedBy.put(id, this);
        holder.send(
            PrimaryMessage.newBuilder()
                .setIsHeld(IsHeld.newBuilder().setId(id).setName(claim.getName()))
                .build());
      }
    }

    private void onHeld(long id, boolean isHeld) {
      Claim claim = asked.remove(id);
      Line claimant = askedBy.remove(id);
      if (!isHeld) {
        holders.put(claim.getName(), claimant);
      }
      claimant.answer(claim, !isHeld);
    }

    private void answer(Claim claim, boolean granted) {
      send(
          PrimaryMessage.newBuilder()
              .setClaimed(Claimed.newBuilder().setId(claim.getId()).setGranted(granted))
              .build());
    }
  }
}
