package parley.client.v1;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import parley.client.Channels;
import parley.client.ServerAddress;

/** A channel to one frontend. Owned by the loop, on which all its answers come. */
final class Connection {

  /** What a frontend has said of itself. */
  sealed interface Health {

    /** It serves. */
    record Serving() implements Health {}

    /** It runs, but has no primary. */
    record NotServing() implements Health {}

    /** It has said nothing. */
    record Silent(String why) implements Health {}
  }

  private final ServerAddress frontend;
  private final ManagedChannel channel;
  private boolean heard;

  Connection(ServerAddress frontend, Loop loop) {
    this.frontend = frontend;
    this.channel = Channels.open(frontend, loop);
  }

  ServerAddress frontend() {
    return frontend;
  }

  ManagedChannel channel() {
    return channel;
  }

  /** Something that was asked for has come over this connection: it needs no probe now. */
  void heard() {
    heard = true;
  }

  /** Whether anything was heard since this was asked last. */
  boolean takeHeard() {
    boolean was = heard;
    heard = false;
    return was;
  }

  /** Asks how it is, and connects for that if need be. There is one answer. */
  void probe(Duration within, Consumer<Health> answer) {
    health(within)
        .check(
            HealthCheckRequest.getDefaultInstance(),
            new Answers() {
              private boolean answered;

              @Override
              void answer(Health health) {
                // What comes second is the end of the call.
                if (!answered) {
                  answered = true;
                  answer.accept(health);
                }
              }
            });
  }

  /**
   * Asks how it is and to be told when that changes, and connects for that if need be. {@link
   * Health.Silent} is the last answer, after that time at the latest.
   */
  void watch(Duration atMost, Consumer<Health> answer) {
    health(atMost)
        .watch(
            HealthCheckRequest.getDefaultInstance(),
            new Answers() {
              @Override
              void answer(Health health) {
                answer.accept(health);
              }
            });
  }

  private HealthGrpc.HealthStub health(Duration within) {
    return HealthGrpc.newStub(channel).withDeadlineAfter(within.toNanos(), TimeUnit.NANOSECONDS);
  }

  private abstract static class Answers implements StreamObserver<HealthCheckResponse> {
    abstract void answer(Health health);

    @Override
    public void onNext(HealthCheckResponse response) {
      answer(
          response.getStatus() == ServingStatus.SERVING
              ? new Health.Serving()
              : new Health.NotServing());
    }

    @Override
    public void onError(Throwable e) {
      answer(new Health.Silent(Failures.words(Status.fromThrowable(e))));
    }

    @Override
    public void onCompleted() {
      answer(new Health.Silent("it says no more of its health"));
    }
  }

  /** Tells once when it breaks; at once if it is not ready now. */
  void whenBroken(Runnable task) {
    channel.notifyWhenStateChanged(ConnectivityState.READY, task);
  }

  /** Ends it, and every call over it. */
  void close() {
    channel.shutdownNow();
  }
}
