package parley.timelineservice.rpc;

import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import parley.proto.store.StoreGrpc;
import parley.timelineservice.runtime.Replica;
import parley.timelineservice.timeline.TimelineReads;

/**
 * The timeline service's gRPC server: the store for frontends, replication for the other replicas,
 * and health, which says SERVING as long as calls are answered at all.
 */
public final class RpcServer implements AutoCloseable {

  private static final long PERMIT_KEEP_ALIVE_SECONDS = 5;
  private static final long SHUTDOWN_MILLIS = 1_000;

  private final Server server;
  private final StoreService store;
  private final HealthStatusManager health = new HealthStatusManager();

  private RpcServer(
      RpcThreads threads,
      InetSocketAddress address,
      RpcSettings settings,
      Replica replica,
      StoreService store) {
    this.store = store;
    server =
        NettyServerBuilder.forAddress(address)
            .bossEventLoopGroup(threads.io())
            .workerEventLoopGroup(threads.io())
            .channelType(threads.serverChannel())
            .directExecutor()
            .maxInboundMessageSize(settings.maxMessageBytes())
            // Of a peer whose network was cut no packet ever says that it has given up.
            .keepAliveTime(settings.keepAliveMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(settings.keepAliveMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveTime(PERMIT_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .intercept(new Forwarded())
            .addService(store)
            .addService(new ReplicationService(replica))
            .addService(health.getHealthService())
            .build();
  }

  /**
   * Begins to serve.
   *
   * @param address where to listen; port 0 for any free one
   * @param readers runs what may block on the disk: few threads, a bounded queue that rejects
   * @throws IOException one line for people, if the address cannot be listened on
   */
  public static RpcServer start(
      RpcThreads threads,
      InetSocketAddress address,
      RpcSettings settings,
      Replica replica,
      TimelineReads reads,
      Executor readers)
      throws IOException {
    StoreService store = new StoreService(threads, settings, replica, reads, readers);
    RpcServer rpc = new RpcServer(threads, address, settings, replica, store);
    try {
      rpc.server.start();
    } catch (IOException e) {
      rpc.close();
      throw new IOException(whyNot(address, e), e);
    }
    rpc.health.setStatus(StoreGrpc.SERVICE_NAME, ServingStatus.SERVING);
    return rpc;
  }

  private static String whyNot(InetSocketAddress address, IOException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof BindException)) {
      cause = cause.getCause();
    }
    return "Cannot listen on %s:%d (%s): is another process using it, or is it not this host's?"
        .formatted(address.getHostString(), address.getPort(), cause.getMessage());
  }

  /** The port that the server listens on. */
  public int port() {
    return server.getPort();
  }

  /**
   * Ends all calls and stops listening; returns when that is done, at the latest after a second.
   */
  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdownNow();
    try {
      server.awaitTermination(SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
