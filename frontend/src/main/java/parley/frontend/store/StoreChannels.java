package parley.frontend.store;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One channel to each timeline service, set so that a broken network is noticed and retried. */
public final class StoreChannels implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MS = 1_000;
  private static final int MESSAGE_BYTES_MAX = 16 << 20;

  private final SortedMap<Integer, ManagedChannel> channels = new TreeMap<>();

  /**
   * @param addresses by host id. Asked at each connection attempt only as far as names are resolved
   *     anew then
   */
  public StoreChannels(Map<Integer, InetSocketAddress> addresses) {
    addresses.forEach((host, address) -> channels.put(host, open(address)));
  }

  /** Channels by host id. */
  public SortedMap<Integer, ManagedChannel> byHost() {
    return Collections.unmodifiableSortedMap(channels);
  }

  /**
   * To be called about once a second: gRPC's own pauses between connection attempts grow to two
   * minutes, far beyond the time in which a healed network should be used again.
   */
  public void retryBroken() {
    for (ManagedChannel channel : channels.values()) {
      if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
        channel.resetConnectBackoff();
      }
    }
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }

  private static ManagedChannel open(InetSocketAddress address) {
    return NettyChannelBuilder.forAddress(address.getHostString(), address.getPort())
        .usePlaintext()
        .directExecutor()
        .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
        .keepAliveTime(10, TimeUnit.SECONDS)
        .keepAliveTimeout(1, TimeUnit.SECONDS)
        .maxInboundMessageSize(MESSAGE_BYTES_MAX)
        .disableRetry()
        .build();
  }
}
