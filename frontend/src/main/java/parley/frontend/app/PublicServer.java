package parley.frontend.app;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The public gRPC endpoint: the public interfaces beside gRPC's health and reflection services. */
final class PublicServer implements AutoCloseable {
  /** A pulled cable is noticed after the sum of both. */
  private static final int KEEP_ALIVE_S = 10;

  private static final int KEEP_ALIVE_TIMEOUT_S = 5;

  /** What a client may send ahead of what it was asked for; times the connections, it is memory. */
  private static final int WINDOW_BYTES = 64 << 10;

  private final Server server;
  private final HealthStatusManager health;
  private final List<String> services;

  private PublicServer(Server server, HealthStatusManager health, List<String> services) {
    this.server = server;
    this.health = health;
    this.services = services;
  }

  /**
   * Listens. Not healthy before {@link #setServing}.
   *
   * @throws IOException the address cannot be had
   */
  static PublicServer start(
      int host,
      InetSocketAddress address,
      ServerTransportFilter connections,
      List<ServerServiceDefinition> services)
      throws IOException {
    HealthStatusManager health = new HealthStatusManager();
    PublicServer started =
        new PublicServer(
            NettyServerBuilder.forAddress(address)
                .directExecutor()
                .addTransportFilter(connections)
                .addServices(services)
                .addService(
                    ServerInterceptors.intercept(health.getHealthService(), new HostName(host)))
                .addService(ProtoReflectionServiceV1.newInstance())
                .addService(earlierReflection())
                .flowControlWindow(WINDOW_BYTES)
                .keepAliveTime(KEEP_ALIVE_S, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_S, TimeUnit.SECONDS)
                .permitKeepAliveTime(KEEP_ALIVE_S / 2, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .build(),
            health,
            services.stream().map(service -> service.getServiceDescriptor().getName()).toList());
    started.setServing(false);
    started.server.start();
    return started;
  }

  /** The version that most tools and libraries still ask for. */
  @SuppressWarnings("deprecation")
  private static BindableService earlierReflection() {
    return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
  }

  /** What the health service tells. Any thread may call. */
  void setServing(boolean serving) {
    ServingStatus status = serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    services.forEach(service -> health.setStatus(service, status));
  }

  /** The port that it listens on. */
  int port() {
    return server.getPort();
  }

  /** Ends all connections at once. */
  @Override
  public void close() {
    server.shutdownNow();
  }
}
