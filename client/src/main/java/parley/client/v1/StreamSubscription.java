package parley.client.v1;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import parley.client.v1.ParleyException.Kind;
import parley.proto.v1.ParleyGrpc;
import parley.proto.v1.WatchHomeTimelineRequest;
import parley.proto.v1.WatchHomeTimelineResponse;

/**
 * A subscription over {@code WatchHomeTimeline}, one stream after the other, each behind the cursor
 * that was received last.
 *
 * <p>Posts are handed over in turn on another thread, since listeners may block. What was received
 * and is not handed over yet is never more than {@value #AHEAD} messages, over all streams
 * together. Owned by the loop, but for what is volatile.
 */
final class StreamSubscription extends Ongoing implements Subscription {
  private static final int AHEAD = 256;

  private final String user;
  private final Consumer<Post> listener;
  private final Executor turns;
  private final Consumer<StreamSubscription> onOver;
  private final CompletableFuture<String> started = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private Optional<Stream> stream = Optional.empty();

  /** Behind what was received last: empty as long as nothing was. */
  private String received;

  /** Messages that were received and not handed over. */
  private int ahead;

  private boolean over;

  private volatile boolean closed;
  private volatile String handedOver;

  /**
   * A subscription that has not begun.
   *
   * @param turns runs one task after the other
   */
  StreamSubscription(
      Loop loop,
      Connector connector,
      String user,
      Optional<String> cursor,
      Consumer<Post> listener,
      Executor turns,
      Consumer<StreamSubscription> onOver) {
    super(loop, connector);
    this.user = Objects.requireNonNull(user);
    this.received = cursor.orElse("");
    this.handedOver = received;
    this.listener = Objects.requireNonNull(listener);
    this.turns = turns;
    this.onOver = onOver;
  }

  @Override
  public CompletableFuture<String> started() {
    return started.copy();
  }

  @Override
  public Optional<String> cursor() {
    return handedOver.isEmpty() ? Optional.empty() : Optional.of(handedOver);
  }

  @Override
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  @Override
  public void close() {
    closed = true;
    loop().execute(() -> finish(() -> ended.complete(null)));
  }

  @Override
  WatchHomeTimelineRequest opening() {
    return WatchHomeTimelineRequest.newBuilder().setUser(user).setCursor(received).build();
  }

  @Override
  void open(Connection connection) {
    stream.ifPresent(Stream::abandon);
    Stream opened = new Stream(connection);
    stream = Optional.of(opened);
    opened.open();
  }

  @Override
  void fail(ParleyException why) {
    closed = true;
    finish(
        () -> {
          ended.completeExceptionally(why);
          started.completeExceptionally(why);
        });
  }

  private void finish(Runnable tell) {
    if (over) {
      return;
    }
    over = true;
    end();
    stream.ifPresent(Stream::abandon);
    onOver.accept(this);
    tell.run();
    started.completeExceptionally(
        new ParleyException(Kind.CLOSED, "the subscription has ended", null));
  }

  private void handOver(WatchHomeTimelineResponse response) {
    if (closed) {
      return;
    }
    try {
      if (response.hasPost()) {
        listener.accept(Messages.post(response.getPost()));
      }
      handedOver = response.getCursor();
      loop().execute(this::onHandedOver);
    } catch (Throwable e) { // Whatever a listener throws: it has not got this post.
      ParleyException why =
          new ParleyException(
              Kind.CLOSED, "the listener of %s's timeline has failed: %s".formatted(user, e), e);
      closed = true;
      loop().execute(() -> fail(why));
    }
  }

  private void onHandedOver() {
    ahead--;
    stream.ifPresent(current -> current.request(1));
  }

  private void onBroken(Status status) {
    Failures.permanent(status).ifPresentOrElse(this::fail, this::openLater);
  }

  /** One WatchHomeTimeline. */
  private final class Stream
      implements ClientResponseObserver<WatchHomeTimelineRequest, WatchHomeTimelineResponse> {
    private final Connection connection;
    private ClientCallStreamObserver<WatchHomeTimelineRequest> call;
    private boolean abandoned;

    Stream(Connection connection) {
      this.connection = connection;
    }

    void open() {
      ParleyGrpc.newStub(connection.channel()).watchHomeTimeline(opening(), this);
      request(AHEAD - ahead);
    }

    void abandon() {
      abandoned = true;
      call.cancel("goes on elsewhere", null);
    }

    void request(int messages) {
      if (!abandoned && messages > 0) {
        call.request(messages);
      }
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchHomeTimelineRequest> started) {
      call = started;
      started.disableAutoRequestWithInitial(0);
    }

    @Override
    public void onNext(WatchHomeTimelineResponse response) {
      if (abandoned) {
        return;
      }
      if (ahead < AHEAD / 2) {
        // Else it may have come long ago, and waited until there was room for it.
        connection.heard();
      }
      goesWell();
      received = response.getCursor();
      ahead++;
      started.complete(received);
      turns.execute(() -> handOver(response));
    }

    @Override
    public void onError(Throwable e) {
      if (!abandoned) {
        abandoned = true;
        onBroken(Status.fromThrowable(e));
      }
    }

    @Override
    public void onCompleted() {
      onError(Status.UNAVAILABLE.withDescription("the stream was ended").asException());
    }
  }
}
