package parley.client.v1;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import parley.client.v1.ParleyException.Kind;

/**
 * One call that may be repeated, until it is answered, is refused, or its time is over. Owned by
 * the loop.
 */
final class UnaryCall<Q extends MessageLite, R> extends Ongoing {

  /** What becomes of a call; exactly one of both is called, once. */
  interface Listener<R> {
    void onAnswer(R answer);

    void onFailure(Status status, ParleyException why);
  }

  /** A frontend that has not answered by then is asked again. */
  private static final Duration ATTEMPT = Duration.ofSeconds(5);

  private final MethodDescriptor<Q, R> method;
  private final Q request;
  private final Listener<R> listener;
  private final Consumer<UnaryCall<Q, R>> onOver;
  private final long deadline;
  private final Future<?> timeout;
  private Optional<ClientCall<Q, R>> attempt = Optional.empty();
  private String problem = "";
  private boolean over;

  UnaryCall(
      Loop loop,
      Connector connector,
      MethodDescriptor<Q, R> method,
      Q request,
      Duration within,
      Listener<R> listener,
      Consumer<UnaryCall<Q, R>> onOver) {
    super(loop, connector);
    this.method = method;
    this.request = request;
    this.listener = listener;
    this.onOver = onOver;
    this.deadline = System.nanoTime() + within.toNanos();
    this.timeout = loop.schedule(within.toMillis(), () -> onTimeout(within));
  }

  @Override
  Q opening() {
    return request;
  }

  @Override
  void open(Connection connection) {
    attempt.ifPresent(old -> old.cancel("tried elsewhere", null));
    long left = Math.min(deadline - System.nanoTime(), ATTEMPT.toNanos());
    ClientCall<Q, R> call =
        connection
            .channel()
            .newCall(
                method,
                CallOptions.DEFAULT.withDeadlineAfter(Math.max(1, left), TimeUnit.NANOSECONDS));
    attempt = Optional.of(call);
    ClientCalls.asyncUnaryCall(
        call,
        request,
        new StreamObserver<>() {
          @Override
          public void onNext(R answer) {
            if (isCurrent(call)) {
              connection.heard();
              attempt = Optional.empty(); // It needs no cancelling.
              end(() -> listener.onAnswer(answer));
            }
          }

          @Override
          public void onError(Throwable e) {
            if (isCurrent(call)) {
              UnaryCall.this.onError(connection.frontend() + ": ", Status.fromThrowable(e));
            }
          }

          @Override
          public void onCompleted() {
            // The answer came before.
          }
        });
  }

  @Override
  void fail(ParleyException why) {
    end(() -> listener.onFailure(Status.CANCELLED, why));
  }

  private boolean isCurrent(ClientCall<Q, R> call) {
    return !over && attempt.equals(Optional.of(call));
  }

  private void onError(String where, Status status) {
    attempt = Optional.empty();
    Optional<ParleyException> permanent = Failures.permanent(status);
    if (permanent.isPresent()) {
      end(() -> listener.onFailure(status, permanent.get()));
    } else {
      problem = where + Failures.words(status);
      openLater();
    }
  }

  private void onTimeout(Duration within) {
    String why = problem.isEmpty() ? problem() : problem;
    fail(
        new ParleyException(
            Kind.UNREACHABLE,
            "not answered within %.1f s; %s".formatted(within.toMillis() / 1_000.0, why),
            null));
  }

  private void end(Runnable tell) {
    if (over) {
      return;
    }
    over = true;
    timeout.cancel(false);
    end();
    attempt.ifPresent(call -> call.cancel("over", null));
    onOver.accept(this);
    tell.run();
  }
}
