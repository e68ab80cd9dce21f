package parley.client.v1;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import io.grpc.Attributes;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import parley.client.ServerAddress;

/**
 * A frontend of a made-up cluster: a real gRPC server on 127.0.0.1 that can be killed, hung and
 * made to lose what it should say. Several of them share one {@link FakeCluster}. Any thread may
 * use it; all calls are worked on by one thread.
 */
public final class FakeParley implements AutoCloseable {

  private static final long END_S = 20;

  private final Gate gate = new Gate();
  private final FakeParleyService service;
  private final HealthStatusManager health = new HealthStatusManager();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger connectionsEver = new AtomicInteger();
  private final int port;
  private final List<Long> refusedAt = new CopyOnWriteArrayList<>();
  private volatile Status refusal = Status.OK;
  private Server server;

  /** Begins to serve at a free port. */
  public FakeParley(FakeCluster cluster) {
    service = new FakeParleyService(cluster, gate);
    serving(true);
    server = start(0);
    port = server.getPort();
  }

  private Server start(int port) {
    try {
      return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
          .executor(gate)
          .addService(ServerInterceptors.intercept(service, new Refusing()))
          .addService(ServerInterceptors.intercept(health.getHealthService(), new Named()))
          .addTransportFilter(new Counting())
          .permitKeepAliveTime(1, TimeUnit.SECONDS)
          .permitKeepAliveWithoutCalls(true)
          .build()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens, or listened before it was killed. */
  public ServerAddress address() {
    return new ServerAddress("127.0.0.1", port);
  }

  /** The event of a client that has found it. */
  ConnectionEvent.Connected connected(boolean again) {
    return new ConnectionEvent.Connected(address(), Optional.of(name()), again);
  }

  /** What it calls its host. */
  public String name() {
    return "host-of-" + port;
  }

  /** What its health service says. */
  public void serving(boolean serving) {
    health.setStatus("", serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  }

  /** Breaks all connections and takes no more. */
  public void kill() throws InterruptedException {
    server.shutdownNow();
    if (!server.awaitTermination(END_S, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the server at " + address() + " does not end");
    }
    gate.drop();
    gate.goOn();
  }

  /** Serves again after {@link #kill}, at the same port, with the same health. */
  public void restart() {
    server = start(port);
  }

  /** Takes connections and calls, and says nothing any more, about its health neither. */
  public void hang() {
    gate.stop();
  }

  /** Goes on after {@link #hang}, with everything that has come meanwhile. */
  public void resume() {
    gate.goOn();
  }

  /** Ends each new call at once with a status; {@link Status#OK} takes calls again. */
  public void refuse(Status status) {
    refusal = status;
  }

  /** When it refused a call, on the nanosecond clock, in order. */
  public List<Long> refusedAt() {
    return refusedAt;
  }

  /**
   * Takes the next posts of StreamPosts without acknowledging them, and ends the stream after the
   * last of them as if the connection had broken.
   */
  public void dropAcknowledgements(int posts) {
    service.dropAcknowledgements(posts);
  }

  /** Does what the next unary calls ask for, but answers UNAVAILABLE. */
  public void loseAnswers(int calls) {
    service.loseAnswers(calls);
  }

  /** Ends all open streams. */
  public void breakStreams(Status status) {
    service.breakStreams(status);
  }

  /** Sends all watches a message that only moves the cursor. */
  public void moveCursors() {
    service.moveCursors();
  }

  /** The methods that were called, in order, without those of the health service. */
  public List<String> calls() {
    return service.calls();
  }

  /** How many connections are open. */
  public int connections() {
    return connections.get();
  }

  /** How many connections were ever opened. */
  public int connectionsEver() {
    return connectionsEver.get();
  }

  @Override
  public void close() {
    server.shutdownNow();
    gate.close();
  }

  /** Ends calls before the service knows of them. */
  private final class Refusing implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Status status = refusal;
      if (status.isOk()) {
        return next.startCall(call, headers);
      }
      refusedAt.add(System.nanoTime());
      call.close(status, new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }

  /** Says with its health what it calls its host. */
  private final class Named implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      return next.startCall(
          new SimpleForwardingServerCall<>(call) {
            @Override
            public void sendHeaders(Metadata answer) {
              answer.put(Metadata.Key.of("parley-host", ASCII_STRING_MARSHALLER), name());
              super.sendHeaders(answer);
            }
          },
          headers);
    }
  }

  private final class Counting extends ServerTransportFilter {
    @Override
    public Attributes transportReady(Attributes attributes) {
      connections.incrementAndGet();
      connectionsEver.incrementAndGet();
      return attributes;
    }

    @Override
    public void transportTerminated(Attributes attributes) {
      connections.decrementAndGet();
    }
  }
}
