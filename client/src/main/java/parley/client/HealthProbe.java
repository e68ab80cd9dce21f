package parley.client;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks one server's {@code grpc.health.v1} service again and again whether it serves. Any thread
 * may use it.
 */
public final class HealthProbe implements AutoCloseable {

  private final ManagedChannel channel;

  public HealthProbe(ServerAddress server) {
    this.channel = Channels.open(server);
  }

  /**
   * Whether the server says SERVING now; false also if it says nothing within {@code timeout}.
   * Never completes exceptionally.
   */
  public CompletableFuture<Boolean> serving(Duration timeout) {
    // What failed a moment ago is tried again now, not after gRPC's growing pauses.
    channel.resetConnectBackoff();
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Futures.addCallback(
        HealthGrpc.newFutureStub(channel)
            .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
            .check(HealthCheckRequest.getDefaultInstance()),
        new FutureCallback<HealthCheckResponse>() {
          @Override
          public void onSuccess(HealthCheckResponse response) {
            answer.complete(response.getStatus() == ServingStatus.SERVING);
          }

          @Override
          public void onFailure(Throwable notReachable) {
            answer.complete(false);
          }
        },
        MoreExecutors.directExecutor());
    return answer;
  }

  @Override
  public void close() {
    Channels.close(channel);
  }
}
