package parley.timelineservice.rpc;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A connection to another replica that gives up a dead peer within about a second and tries again
 * four times a second: gRPC's own back-off grows to minutes, which is how long a healed network
 * would otherwise stay unused.
 */
final class PeerChannel implements AutoCloseable {

  private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
  // The shortest that gRPC allows. With epoll the time-out also bounds unanswered TCP data.
  private static final long KEEP_ALIVE_SECONDS = 10;
  private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 1;
  private static final long RETRY_MILLIS = 250;

  private final ManagedChannel channel;
  private final ScheduledFuture<?> retry;

  PeerChannel(RpcThreads threads, String address, int maxMessageBytes) {
    channel =
        NettyChannelBuilder.forTarget("dns:///" + address)
            .eventLoopGroup(threads.io())
            .channelType(threads.clientChannel())
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .maxInboundMessageSize(maxMessageBytes)
            .directExecutor()
            .disableRetry()
            .usePlaintext()
            .build();
    retry =
        threads
            .timer()
            .scheduleWithFixedDelay(
                this::retrySoon, RETRY_MILLIS, RETRY_MILLIS, TimeUnit.MILLISECONDS);
  }

  ManagedChannel channel() {
    return channel;
  }

  private void retrySoon() {
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff();
    }
  }

  @Override
  public void close() {
    retry.cancel(false);
    channel.shutdownNow();
  }
}
