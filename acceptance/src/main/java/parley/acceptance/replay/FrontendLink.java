package parley.acceptance.replay;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import parley.client.ServerAddress;
import parley.proto.hw2.MessengerServerGrpc;
import parley.proto.hw2.MessengerServerGrpc.MessengerServerFutureStub;
import parley.proto.hw2.Reply;
import parley.proto.hw2.Request;

/** A few connections to one frontend, which all its test users share. Any thread may use it. */
final class FrontendLink implements AutoCloseable {

  private static final int CONNECTIONS = 4;
  private static final long CALL_TIMEOUT_S = 60;

  private final ServerAddress address;
  private final List<ManagedChannel> channels = new ArrayList<>();

  FrontendLink(ServerAddress address) {
    this.address = address;
    for (int i = 0; i < CONNECTIONS; i++) {
      channels.add(
          NettyChannelBuilder.forAddress(address.host(), address.port())
              .usePlaintext()
              .directExecutor()
              .disableRetry()
              .build());
    }
  }

  ListenableFuture<Reply> login(int user, String name) {
    return stub(user).login(Request.newBuilder().setUsername(name).build());
  }

  ListenableFuture<Reply> join(int user, String name, String other) {
    return stub(user).join(Request.newBuilder().setUsername(name).addArguments(other).build());
  }

  ChatStream chat(int user, String name, PostBook book, ReaderLog log) {
    return ChatStream.open(channel(user), book, name, log);
  }

  // A user's calls share one connection: who logged in is connected as long as it lives.
  private Channel channel(int user) {
    return channels.get(Math.floorMod(user, CONNECTIONS));
  }

  private MessengerServerFutureStub stub(int user) {
    return MessengerServerGrpc.newFutureStub(channel(user))
        .withDeadlineAfter(CALL_TIMEOUT_S, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
