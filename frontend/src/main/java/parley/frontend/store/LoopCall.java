package parley.frontend.store;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.Executor;

/**
 * One call to a timeline service whose events arrive on the loop, and none after its end: what a
 * stale call still brings is dropped here and nowhere else.
 *
 * <p>All methods are the loop's, but {@link #onNext}, {@link #onError} and {@link #onCompleted},
 * which gRPC calls.
 */
abstract class LoopCall<ReqT, RespT> implements ClientResponseObserver<ReqT, RespT> {
  /** Messages are requested by gRPC itself. */
  static final int AUTOMATIC = -1;

  private final Executor loop;
  private final int firstRequest;
  private ClientCallStreamObserver<ReqT> requests;
  private boolean ended;

  /**
   * @param firstRequest messages to ask for at once, further ones by {@link #request}; or {@link
   *     #AUTOMATIC}
   */
  LoopCall(Executor loop, int firstRequest) {
    this.loop = loop;
    this.firstRequest = firstRequest;
  }

  /** A message has arrived. */
  abstract void onMessage(RespT message);

  /** The call has ended by itself; Status.OK if the server ended it. Called at most once. */
  abstract void onEnd(Status status);

  /** The other side can take more. */
  void onReadyAgain() {}

  @Override
  public final void beforeStart(ClientCallStreamObserver<ReqT> call) {
    requests = call;
    if (firstRequest != AUTOMATIC) {
      call.disableAutoRequestWithInitial(firstRequest);
    }
    call.setOnReadyHandler(() -> onLoop(this::onReadyAgain));
  }

  @Override
  public void onNext(RespT message) {
    onLoop(() -> onMessage(message));
  }

  @Override
  public final void onError(Throwable error) {
    end(Status.fromThrowable(error));
  }

  @Override
  public final void onCompleted() {
    end(Status.OK);
  }

  /** Runs the task on the loop, unless the call has ended by then. */
  final void onLoop(Runnable task) {
    loop.execute(
        () -> {
          if (!ended) {
            task.run();
          }
        });
  }

  final void send(ReqT message) {
    requests.onNext(message);
  }

  final void request(int messages) {
    requests.request(messages);
  }

  /** Whether a message can be sent without building a queue. */
  public final boolean isReady() {
    return requests.isReady();
  }

  final boolean hasEnded() {
    return ended;
  }

  /** Ends the call from this side; {@link #onEnd} is not called. */
  final void cancel(String why) {
    if (!ended) {
      ended = true;
      requests.cancel(why, null);
    }
  }

  private void end(Status status) {
    onLoop(
        () -> {
          ended = true;
          onEnd(status);
        });
  }
}
