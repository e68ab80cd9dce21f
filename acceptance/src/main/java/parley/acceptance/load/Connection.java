package parley.acceptance.load;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import parley.client.ServerAddress;
import parley.proto.hw2.Message;
import parley.proto.hw2.MessengerServerGrpc;
import parley.proto.hw2.MessengerServerGrpc.MessengerServerBlockingStub;
import parley.proto.hw2.Request;

/**
 * One client's one connection to one frontend, as existing clients have it: nothing is sent again.
 */
final class Connection implements AutoCloseable {

  private static final int CONNECT_TIMEOUT_MS = 1_000;
  private static final long CALL_TIMEOUT_S = 10;
  // gRPC raises anything shorter to 10 s.
  private static final long KEEP_ALIVE_S = 10;
  private static final long KEEP_ALIVE_TIMEOUT_S = 3;

  private final ServerAddress address;
  private final ManagedChannel channel;

  /**
   * @param watchful whether it finds out by itself, within seconds, that its frontend has gone
   *     silent; others notice nothing before TCP does
   */
  Connection(ServerAddress address, boolean watchful) {
    this.address = address;
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(address.host(), address.port())
            .usePlaintext()
            .directExecutor()
            .disableRetry()
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS);
    if (watchful) {
      builder
          .keepAliveTime(KEEP_ALIVE_S, TimeUnit.SECONDS)
          .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_S, TimeUnit.SECONDS);
    }
    this.channel = builder.build();
  }

  /** Answers the server's text. */
  String login(String user) throws IOException {
    try {
      return stub().login(Request.newBuilder().setUsername(user).build()).getMsg();
    } catch (StatusRuntimeException e) {
      throw failure("Login of " + user, e);
    }
  }

  /** Answers the server's text. */
  String join(String user, String other) throws IOException {
    try {
      Request request = Request.newBuilder().setUsername(user).addArguments(other).build();
      return stub().join(request).getMsg();
    } catch (StatusRuntimeException e) {
      throw failure(user + " joining " + other, e);
    }
  }

  private IOException failure(String what, StatusRuntimeException e) {
    return new IOException(what + " at " + address + ": " + e.getStatus(), e);
  }

  ChatStream chat(String user, Consumer<Message> listener, Runnable onChange) {
    return ChatStream.open(MessengerServerGrpc.newStub(channel), user, listener, onChange);
  }

  private MessengerServerBlockingStub stub() {
    return MessengerServerGrpc.newBlockingStub(channel)
        .withDeadlineAfter(CALL_TIMEOUT_S, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
