package parley.client;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Opens channels in the one way that notices a dead or silent peer within seconds. */
public final class Channels {

  private static final int CONNECT_TIMEOUT_MS = 1_000;
  // gRPC raises anything shorter to 10 s.
  private static final long KEEP_ALIVE_S = 10;
  private static final long KEEP_ALIVE_TIMEOUT_S = 5;

  private Channels() {}

  static ManagedChannel open(ServerAddress address) {
    return builder(address).build();
  }

  /** One whose answers come on threads of the caller's. */
  public static ManagedChannel open(ServerAddress address, Executor executor) {
    return builder(address).executor(executor).build();
  }

  private static NettyChannelBuilder builder(ServerAddress address) {
    return NettyChannelBuilder.forAddress(address.host(), address.port())
        .usePlaintext()
        .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
        .keepAliveTime(KEEP_ALIVE_S, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_S, TimeUnit.SECONDS)
        // A command that was sent may have been executed: it is never repeated behind the caller's
        // back.
        .disableRetry();
  }

  static void close(ManagedChannel channel) {
    channel.shutdownNow();
  }
}
