package parley.frontend.fake;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client's end of a stream: remembers what has come, and takes only so much. */
public class ClientStream<Q, R> implements ClientResponseObserver<Q, R> {
  private static final int DEADLINE_S = 40;

  private final List<R> received = new ArrayList<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final int firstRequest;
  private volatile Metadata trailers = new Metadata();
  private ClientCallStreamObserver<Q> out;

  ClientStream(int firstRequest) {
    this.firstRequest = firstRequest;
  }

  public void send(Q message) {
    out.onNext(message);
  }

  public void take(int messages) {
    out.request(messages);
  }

  public boolean isReady() {
    return out.isReady();
  }

  public void halfClose() {
    out.onCompleted();
  }

  public void cancel() {
    out.cancel("the client goes away", null);
  }

  /** A copy of what has come so far. */
  public List<R> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  public boolean hasEnded() {
    return end.isDone();
  }

  public Status end() {
    return end.orTimeout(DEADLINE_S, TimeUnit.SECONDS).join();
  }

  /** What the end brought with it; after {@link #end}. */
  public Metadata trailers() {
    return trailers;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> call) {
    out = call;
    call.disableAutoRequestWithInitial(firstRequest);
  }

  @Override
  public void onNext(R message) {
    synchronized (received) {
      received.add(message);
    }
  }

  @Override
  public void onError(Throwable error) {
    Metadata details = Status.trailersFromThrowable(error);
    trailers = details == null ? new Metadata() : details;
    end.complete(Status.fromThrowable(error));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }
}
