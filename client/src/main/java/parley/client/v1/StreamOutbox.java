package parley.client.v1;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import parley.client.v1.ParleyException.Kind;
import parley.proto.v1.ParleyGrpc;
import parley.proto.v1.StreamPostsRequest;
import parley.proto.v1.StreamPostsResponse;

/**
 * An outbox that posts over {@code StreamPosts}, one stream after the other, all by one writer.
 *
 * <p>Owned by the loop, but for what callers wait at: how many posts are pending, and whether it
 * has ended.
 */
final class StreamOutbox extends Ongoing implements Outbox {
  /**
   * Three bytes for each are less than gRPC's largest message; the cluster's limit is far lower.
   */
  private static final int TEXT_CHARS_MAX = 1 << 20;

  private final String author;
  private final int capacity;
  private final Consumer<StreamOutbox> onOver;
  private final OutboxQueue queue = new OutboxQueue();
  private Optional<Stream> stream = Optional.empty();
  private long writer = drawWriter();

  /** So many posts are sent one by one, to find the one that the cluster does not take. */
  private int suspects;

  private final Object monitor = new Object();
  // Guarded by monitor.
  private int pending;
  private OutboxPost last;
  private ParleyException ended;

  StreamOutbox(
      Loop loop, Connector connector, String author, int capacity, Consumer<StreamOutbox> onOver) {
    super(loop, connector);
    this.author = Objects.requireNonNull(author);
    this.capacity = capacity;
    this.onOver = onOver;
  }

  private static long drawWriter() {
    long drawn = ThreadLocalRandom.current().nextLong();
    while (drawn == 0) {
      drawn = ThreadLocalRandom.current().nextLong();
    }
    return drawn;
  }

  @Override
  public PendingPost post(String text) throws InterruptedException, ParleyException {
    return post(text, Instant.now());
  }

  @Override
  public PendingPost post(String text, Instant time) throws InterruptedException, ParleyException {
    if (text.length() > TEXT_CHARS_MAX) {
      throw new ParleyException(
          Kind.INVALID,
          "the text has %,d characters; no message holds more than %,d"
              .formatted(text.length(), TEXT_CHARS_MAX),
          null);
    }
    OutboxPost post = new OutboxPost(text, Objects.requireNonNull(time));
    synchronized (monitor) {
      while (ended == null && pending >= capacity) {
        monitor.wait();
      }
      if (ended != null) {
        throw new ParleyException(ended.kind(), ended.getMessage(), ended);
      }
      pending++;
      last = post;
      // Within the monitor: the queue has the posts in the order of this monitor.
      loop().execute(() -> add(post));
    }
    return post;
  }

  @Override
  public int pending() {
    synchronized (monitor) {
      return pending;
    }
  }

  @Override
  public CompletableFuture<Void> flushed() {
    synchronized (monitor) {
      // Posts are over in their order.
      return last == null
          ? CompletableFuture.completedFuture(null)
          : last.committed().handle((index, failure) -> null);
    }
  }

  @Override
  public void close() {
    loop().execute(() -> fail(new ParleyException(Kind.CLOSED, "the outbox was closed", null)));
  }

  private void add(OutboxPost post) {
    Optional<ParleyException> why = ended();
    if (why.isPresent()) {
      over();
      post.fail(why.get());
    } else {
      queue.add(post);
      stream.ifPresent(Stream::pump);
    }
  }

  private Optional<ParleyException> ended() {
    synchronized (monitor) {
      return Optional.ofNullable(ended);
    }
  }

  @Override
  StreamPostsRequest opening() {
    return StreamPostsRequest.newBuilder()
        .setOpening(StreamPostsRequest.Opening.newBuilder().setAuthor(author).setWriter(writer))
        .build();
  }

  @Override
  void open(Connection connection) {
    stream.ifPresent(Stream::abandon);
    queue.reopen();
    Stream opened = new Stream(connection);
    stream = Optional.of(opened);
    opened.open();
  }

  @Override
  void fail(ParleyException why) {
    synchronized (monitor) {
      if (ended != null) {
        return;
      }
      ended = why;
      monitor.notifyAll();
    }
    end();
    stream.ifPresent(Stream::abandon);
    stream = Optional.empty();
    for (Optional<OutboxPost> post = queue.giveUp(); post.isPresent(); post = queue.giveUp()) {
      over();
      post.get().fail(why);
    }
    onOver.accept(this);
  }

  // Before its end is told: whoever waits for that counts then what is left.
  private void over() {
    synchronized (monitor) {
      pending--;
      monitor.notifyAll();
    }
  }

  private void onBroken(Throwable e) {
    Status status = Status.fromThrowable(e);
    switch (status.getCode()) {
      case INVALID_ARGUMENT -> onInvalid(status, Failures.isAbout("opening", e));
      case FAILED_PRECONDITION -> onUnknownWriter(status);
      default -> {
        Optional<ParleyException> permanent = Failures.permanent(status);
        if (permanent.isPresent()) {
          fail(permanent.get());
        } else {
          openLater();
        }
      }
    }
  }

  /** Which one of the posts under way it was shows when they are sent one by one. */
  private void onInvalid(Status status, boolean opening) {
    ParleyException why = Failures.permanent(status).orElseThrow();
    int underWay = queue.underWay();
    if (opening || underWay == 0) {
      fail(why);
      return;
    }
    if (underWay == 1) {
      over();
      queue.refuse().fail(why);
      goesWell();
      suspects = Math.max(0, suspects - 1);
    } else {
      suspects = underWay;
    }
    openLater();
  }

  private void onUnknownWriter(Status status) {
    if (!queue.maybeRenumber()) {
      fail(
          new ParleyException(
              Kind.REFUSED,
              "the cluster has forgotten this outbox, and what was under way may have been posted"
                  + " or not: "
                  + Failures.words(status),
              status.asException()));
      return;
    }
    writer = drawWriter();
    openLater();
  }

  /** One StreamPosts. */
  private final class Stream
      implements ClientResponseObserver<StreamPostsRequest, StreamPostsResponse> {
    private final Connection connection;
    private ClientCallStreamObserver<StreamPostsRequest> call;
    private boolean abandoned;

    Stream(Connection connection) {
      this.connection = connection;
    }

    void open() {
      ParleyGrpc.newStub(connection.channel()).streamPosts(this);
      call.onNext(opening());
      pump();
    }

    void abandon() {
      abandoned = true;
      call.cancel("goes on elsewhere", null);
    }

    void pump() {
      while (!abandoned
          && queue.hasUnsent()
          && call.isReady()
          && (suspects == 0 || queue.underWay() == 0)) {
        long sequence = queue.nextSequence();
        OutboxPost post = queue.send();
        call.onNext(
            StreamPostsRequest.newBuilder()
                .setPost(
                    StreamPostsRequest.NewPost.newBuilder()
                        .setSequence(sequence)
                        .setText(post.text())
                        .setAuthorTime(Messages.timestamp(post.time())))
                .build());
      }
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<StreamPostsRequest> started) {
      call = started;
      started.setOnReadyHandler(this::pump);
    }

    @Override
    public void onNext(StreamPostsResponse response) {
      if (abandoned) {
        return;
      }
      connection.heard();
      goesWell();
      for (StreamPostsResponse.Acknowledgement each : response.getAcknowledgementsList()) {
        Optional<OutboxPost> post = queue.acknowledge(each.getSequence());
        if (post.isEmpty()) {
          abandon();
          onBroken(
              Status.INTERNAL
                  .withDescription(
                      "number %d was acknowledged out of turn".formatted(each.getSequence()))
                  .asException());
          return;
        }
        suspects = Math.max(0, suspects - 1);
        over();
        post.get().commit(each.getIndex());
      }
      pump();
    }

    @Override
    public void onError(Throwable e) {
      if (!abandoned) {
        abandoned = true;
        onBroken(e);
      }
    }

    @Override
    public void onCompleted() {
      onError(Status.UNAVAILABLE.withDescription("the stream was ended").asException());
    }
  }
}
