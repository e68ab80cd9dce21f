package parley.frontend.messenger;

import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The public gRPC endpoint: the messenger interface beside gRPC's health and reflection services.
 */
public final class MessengerServer implements AutoCloseable {
  /** A pulled cable is noticed after the sum of both. */
  private static final int KEEP_ALIVE_S = 10;

  private static final int KEEP_ALIVE_TIMEOUT_S = 5;

  /** What a client may send ahead of what it was asked for; times the connections, it is memory. */
  private static final int WINDOW_BYTES = 64 << 10;

  private final Server server;
  private final HealthStatusManager health;

  private MessengerServer(Server server, HealthStatusManager health) {
    this.server = server;
    this.health = health;
  }

  /**
   * Listens. Not healthy before {@link #setServing}.
   *
   * @throws IOException the address cannot be had
   */
  public static MessengerServer start(InetSocketAddress address, MessengerService service)
      throws IOException {
    HealthStatusManager health = new HealthStatusManager();
    MessengerServer started =
        new MessengerServer(
            NettyServerBuilder.forAddress(address)
                .directExecutor()
                .addTransportFilter(service.connections())
                .addService(service.definition())
                .addService(health.getHealthService())
                .addService(ProtoReflectionServiceV1.newInstance())
                .flowControlWindow(WINDOW_BYTES)
                .keepAliveTime(KEEP_ALIVE_S, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_S, TimeUnit.SECONDS)
                .permitKeepAliveTime(KEEP_ALIVE_S / 2, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .build(),
            health);
    started.setServing(false);
    started.server.start();
    return started;
  }

  /** What the health service tells. Any thread may call. */
  public void setServing(boolean serving) {
    ServingStatus status = serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(MessengerService.NAME, status);
  }

  /** The port that it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Ends all connections at once. */
  @Override
  public void close() {
    server.shutdownNow();
  }
}
