package parley.timelineservice.rpc;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** One call's client, which takes messages only as the test asks for them. */
final class ScriptedClient<Q, A> implements ClientResponseObserver<Q, A> {

  static final int EVERYTHING = Integer.MAX_VALUE;

  final List<A> received = new CopyOnWriteArrayList<>();
  final CompletableFuture<Status> end = new CompletableFuture<>();
  private final int initially;
  private volatile ClientCallStreamObserver<Q> call;

  ScriptedClient(int initially) {
    this.initially = initially;
  }

  void send(Q message) {
    call.onNext(message);
  }

  void halfClose() {
    call.onCompleted();
  }

  void take(int count) {
    call.request(count);
  }

  void cancel() {
    call.cancel("The test is over", null);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> call) {
    this.call = call;
    call.disableAutoRequestWithInitial(initially);
  }

  @Override
  public void onNext(A message) {
    received.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    end.complete(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }
}
