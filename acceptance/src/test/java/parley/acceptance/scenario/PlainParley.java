package parley.acceptance.scenario;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.concurrent.TimeUnit;
import parley.client.ServerAddress;
import parley.proto.v1.ParleyGrpc;
import parley.proto.v1.ParleyGrpc.ParleyBlockingStub;

/**
 * A program in whatever language: stubs of {@code parley.v1}, one channel to one frontend, and
 * nothing of the client library that would try again.
 */
final class PlainParley implements AutoCloseable {
  /** As long as a frontend waits for a primary. */
  private static final long CALL_S = 60;

  private final ManagedChannel channel;

  PlainParley(ServerAddress frontend) {
    channel =
        ManagedChannelBuilder.forAddress(frontend.host(), frontend.port()).usePlaintext().build();
  }

  /** For one call, which ends in time, and until then waits for a frontend that is started. */
  ParleyBlockingStub call() {
    return ParleyGrpc.newBlockingStub(channel)
        .withWaitForReady()
        .withDeadlineAfter(CALL_S, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
