package parley.timelineservice.rpc;

import io.grpc.StatusRuntimeException;
import io.grpc.SynchronizationContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.proto.store.FrontendMessage;
import parley.proto.store.News;
import parley.proto.store.PrimaryMessage;
import parley.timelineservice.primary.FrontendLine;
import parley.timelineservice.primary.ToFrontend;
import parley.timelineservice.runtime.Replica;

/**
 * A frontend's line that ends at this replica. Passes messages on to the replica's loop no faster
 * than it takes them, and back no faster than the frontend does: one that leaves more unread than
 * it may have asked for loses its line.
 */
final class LocalLine implements FrontendLine, StreamObserver<FrontendMessage> {

  private static final Logger log = LoggerFactory.getLogger(LocalLine.class);

  /** So many messages of one frontend may be on their way to the loop. */
  static final int WINDOW = 16;

  static final int MAX_UNREAD = 65_536;
  private static final long MAX_UNREAD_BYTES = 16L << 20;

  private final Replica replica;
  private final NewsFeed feed;
  private final Executor timer;
  private final ServerCallStreamObserver<PrimaryMessage> frontend;
  private final Outbox<PrimaryMessage> outbox;
  private final Consumer<News> onNews = this::send;
  private final AtomicBoolean gone = new AtomicBoolean();
  // Everything that goes out, and the end, is serialized here.
  private final SynchronizationContext serial =
      new SynchronizationContext(
          (thread, failure) -> log.error("A frontend's line failed", failure));

  LocalLine(
      Replica replica,
      NewsFeed feed,
      Executor timer,
      ServerCallStreamObserver<PrimaryMessage> frontend) {
    this.replica = replica;
    this.feed = feed;
    this.timer = timer;
    this.frontend = frontend;
    this.outbox = new Outbox<>(frontend, MAX_UNREAD, MAX_UNREAD_BYTES);
  }

  /** To be called once, before the stream's first message. */
  void open() {
    frontend.disableAutoRequest();
    frontend.setOnReadyHandler(() -> serial.execute(outbox::drain));
    frontend.setOnCancelHandler(this::leave);
    // In this order: the replica may close the line at once, which removes the listener.
    feed.addNewsListener(onNews);
    replica.onLineOpened(this);
    frontend.request(WINDOW);
  }

  @Override
  public void send(ToFrontend message) {
    PrimaryMessage proto = StoreCodec.toProto(message);
    serial.execute(
        () -> {
          if (!gone.get() && !outbox.offer(proto)) {
            end(RpcErrors.unavailable("The line was closed: its frontend leaves answers unread"));
          }
        });
  }

  /** News are left out while the frontend does not read: newer ones follow. */
  private void send(News news) {
    serial.execute(
        () -> {
          if (!gone.get() && outbox.isEmpty() && frontend.isReady()) {
            outbox.offer(PrimaryMessage.newBuilder().setNews(news).build());
          }
        });
  }

  @Override
  public void close(String why) {
    serial.execute(() -> end(RpcErrors.unavailable(why)));
  }

  private void end(StatusRuntimeException status) {
    if (leave()) {
      frontend.onError(status);
    }
  }

  /**
   * Takes leave of the replica; false if that was done before. Told from another thread: this one
   * may be the replica's loop, which must not wait for room in its own mailbox.
   */
  private boolean leave() {
    if (gone.getAndSet(true)) {
      return false;
    }
    feed.removeNewsListener(onNews);
    timer.execute(() -> replica.onLineClosed(this));
    return true;
  }

  @Override
  public void onNext(FrontendMessage proto) {
    if (gone.get()) {
      return;
    }
    try {
      replica
          .onLineMessage(this, StoreCodec.fromProto(proto))
          .whenComplete((taken, failure) -> frontend.request(1));
    } catch (RuntimeException e) {
      serial.execute(() -> end(RpcErrors.of(e)));
    }
  }

  @Override
  public void onError(Throwable brokenStream) {
    leave();
  }

  @Override
  public void onCompleted() {
    serial.execute(
        () -> {
          if (leave()) {
            frontend.onCompleted();
          }
        });
  }
}
