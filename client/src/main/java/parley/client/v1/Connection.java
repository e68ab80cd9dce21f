package parley.client.v1;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
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

  private static final Metadata.Key<String> HOST =
      Metadata.Key.of("parley-host", Metadata.ASCII_STRING_MARSHALLER);

  // It is shown to people.
  private static final Pattern HOST_NAME = Pattern.compile("[\\w.-]{1,64}");

  private final ServerAddress frontend;
  private final ManagedChannel channel;
  private final AtomicReference<Metadata> headers = new AtomicReference<>();
  private final HealthGrpc.HealthStub health;
  private boolean heard;
  private boolean watched;
  private boolean serves;
  private Consumer<Health> watcher;

  Connection(ServerAddress frontend, Loop loop) {
    this.frontend = frontend;
    this.channel = Channels.open(frontend, loop);
    this.health =
        HealthGrpc.newStub(channel)
            .withInterceptors(
                MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
  }

  ServerAddress frontend() {
    return frontend;
  }

  /** What the frontend calls its host in its answers; empty before the first, or if in none. */
  Optional<String> host() {
    return Optional.ofNullable(headers.get())
        .map(answer -> answer.get(HOST))
        .filter(name -> HOST_NAME.matcher(name).matches());
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

  /** Whether it serves, as far as {@link #watch} has told. */
  boolean serves() {
    return serves;
  }

  /** Asks how it is, and connects for that if need be. There is one answer. */
  void probe(Duration within, Consumer<Health> answer) {
    health
        .withDeadlineAfter(within.toNanos(), TimeUnit.NANOSECONDS)
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
   * Tells how it is now and whenever that changes, and connects for that if need be; {@link
   * Health.Silent} comes last. Who calls later takes the place of who called before, and is told of
   * changes only.
   */
  void watch(Consumer<Health> answer) {
    watcher = answer;
    if (watched) {
      return;
    }
    watched = true;
    health.watch(
        HealthCheckRequest.getDefaultInstance(),
        new Answers() {
          @Override
          void answer(Health health) {
            serves = health instanceof Health.Serving;
            watcher.accept(health);
          }
        });
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
