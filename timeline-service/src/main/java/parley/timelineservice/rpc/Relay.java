package parley.timelineservice.rpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.SynchronizationContext;
import io.grpc.stub.CallStreamObserver;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.proto.store.FrontendMessage;
import parley.proto.store.News;
import parley.proto.store.PrimaryMessage;
import parley.proto.store.StoreGrpc;

/**
 * A frontend's line passed on to the primary, both ways: the next message is asked for when the one
 * before could be sent on, so that neither side is faster than the other takes. Ends when either
 * side does, and when this replica learns that another host is the primary now.
 */
final class Relay {

  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  private final int primaryHost;
  private final NewsFeed feed;
  private final ServerCallStreamObserver<PrimaryMessage> frontend;
  private final Consumer<News> onNews = this::checkPrimary;
  private final SynchronizationContext serial =
      new SynchronizationContext(
          (thread, failure) -> log.error("A line that was passed on failed", failure));

  // All below: only inside `serial`.
  private ClientCallStreamObserver<FrontendMessage> primary;
  private Direction<FrontendMessage> toPrimary;
  private Direction<PrimaryMessage> toFrontend;
  private boolean ended;

  Relay(int primaryHost, NewsFeed feed, ServerCallStreamObserver<PrimaryMessage> frontend) {
    this.primaryHost = primaryHost;
    this.feed = feed;
    this.frontend = frontend;
  }

  /**
   * To be called once, before the stream's first message.
   *
   * @param behind the primary
   * @return takes what the frontend sends
   */
  StreamObserver<FrontendMessage> open(StoreGrpc.StoreStub behind) {
    frontend.disableAutoRequest();
    frontend.setOnReadyHandler(() -> serial.execute(() -> toFrontend.askIfWaiting()));
    frontend.setOnCancelHandler(() -> serial.execute(this::onFrontendGone));
    serial.execute(
        () -> {
          feed.addNewsListener(onNews);
          behind.connect(new FromPrimary());
          toPrimary.ask();
          toFrontend.ask();
        });
    return new FromFrontend();
  }

  private void checkPrimary(News news) {
    int known = news.getPrimaryHost();
    if (known != 0 && known != primaryHost) {
      end(
          RpcErrors.unavailable(
              "The primary is host " + known + " now, no longer host " + primaryHost));
    }
  }

  private void onFrontendGone() {
    if (leave()) {
      primary.cancel("The frontend's line broke", null);
    }
  }

  private void end(StatusRuntimeException status) {
    serial.execute(
        () -> {
          if (leave()) {
            primary.cancel("The line was ended here", null);
            frontend.onError(status);
          }
        });
  }

  private boolean leave() {
    boolean first = !ended;
    ended = true;
    feed.removeNewsListener(onNews);
    return first;
  }

  /** One of the two ways: asks its source for the next message whenever its target takes one. */
  private static final class Direction<T> {

    private final CallStreamObserver<?> source;
    private final CallStreamObserver<T> target;
    private boolean waiting;

    Direction(CallStreamObserver<?> source, CallStreamObserver<T> target) {
      this.source = source;
      this.target = target;
    }

    void pass(T message) {
      target.onNext(message);
      ask();
    }

    void ask() {
      waiting = !target.isReady();
      if (!waiting) {
        source.request(1);
      }
    }

    void askIfWaiting() {
      if (waiting) {
        ask();
      }
    }
  }

  private final class FromFrontend implements StreamObserver<FrontendMessage> {

    @Override
    public void onNext(FrontendMessage message) {
      serial.execute(
          () -> {
            if (!ended) {
              toPrimary.pass(message);
            }
          });
    }

    @Override
    public void onError(Throwable brokenStream) {
      serial.execute(Relay.this::onFrontendGone);
    }

    @Override
    public void onCompleted() {
      serial.execute(
          () -> {
            if (!ended) {
              primary.onCompleted();
            }
          });
    }
  }

  private final class FromPrimary
      implements ClientResponseObserver<FrontendMessage, PrimaryMessage> {

    @Override
    public void beforeStart(ClientCallStreamObserver<FrontendMessage> call) {
      primary = call;
      toPrimary = new Direction<>(frontend, primary);
      toFrontend = new Direction<>(primary, frontend);
      primary.disableAutoRequestWithInitial(0);
      primary.setOnReadyHandler(() -> serial.execute(toPrimary::askIfWaiting));
    }

    @Override
    public void onNext(PrimaryMessage message) {
      serial.execute(
          () -> {
            if (!ended) {
              toFrontend.pass(message);
            }
          });
    }

    @Override
    public void onError(Throwable failure) {
      end(RpcErrors.passedOn(Status.fromThrowable(failure), primaryHost));
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
}
