package parley.acceptance.fake;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import parley.acceptance.lab.Hosts;
import parley.client.ServerAddress;
import parley.proto.hw2.Message;
import parley.proto.hw2.MessengerServerGrpc;
import parley.proto.hw2.Reply;
import parley.proto.hw2.Request;

/**
 * Three "hosts" inside this process over one timeline, cheap enough to find out what the test's own
 * clients can do.
 */
public final class FakeHosts implements Hosts, AutoCloseable {

  private final FakeTimeline timeline;
  private final Server[] frontends = new Server[COUNT];
  private final int[] ports = new int[COUNT];
  private final Set<Chat> chats = ConcurrentHashMap.newKeySet();

  public FakeHosts(FakeTimeline timeline) {
    this.timeline = timeline;
  }

  @Override
  public void start() throws IOException {
    for (int host = 1; host <= COUNT; host++) {
      startFrontend(host);
    }
  }

  private void startFrontend(int host) throws IOException {
    frontends[host - 1] =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", ports[host - 1]))
            .directExecutor()
            .addService(service(host))
            .build()
            .start();
    ports[host - 1] = frontends[host - 1].getPort();
  }

  @Override
  public void stop() throws InterruptedException {
    for (Server frontend : frontends) {
      frontend.shutdownNow().awaitTermination();
    }
    timeline.disconnectAll();
  }

  @Override
  public void close() {
    for (Server frontend : frontends) {
      if (frontend != null) {
        frontend.shutdownNow();
      }
    }
  }

  @Override
  public ServerAddress frontend(int host) {
    return new ServerAddress("127.0.0.1", ports[host - 1]);
  }

  @Override
  public int killPrimary() {
    return 1;
  }

  @Override
  public void killFrontend(int host) throws IOException, InterruptedException {
    // First, so that nobody who comes back is refused.
    chats.stream().filter(chat -> chat.host == host).forEach(Chat::disconnect);
    frontends[host - 1].shutdownNow().awaitTermination();
    startFrontend(host);
  }

  @Override
  public boolean serving() {
    return Arrays.stream(frontends).noneMatch(Server::isShutdown);
  }

  @Override
  public boolean level() {
    return true;
  }

  @Override
  public List<StoredPost> storedPosts(int host) {
    return timeline.posts();
  }

  private ServerServiceDefinition service(int host) {
    MethodDescriptor<Request, Reply> login = MessengerServerGrpc.getLoginMethod();
    MethodDescriptor<Request, Reply> join = MessengerServerGrpc.getJoinMethod();
    MethodDescriptor<byte[], byte[]> chat =
        MessengerServerGrpc.getChatMethod().toBuilder(new Bytes(), new Bytes()).build();
    return ServerServiceDefinition.builder(MessengerServerGrpc.SERVICE_NAME)
        .addMethod(
            login,
            ServerCalls.asyncUnaryCall(
                (request, answer) -> reply(answer, timeline.login(request.getUsername()))))
        .addMethod(
            join,
            ServerCalls.asyncUnaryCall(
                (request, answer) ->
                    reply(answer, timeline.join(request.getUsername(), request.getArguments(0)))))
        .addMethod(chat, ServerCalls.asyncBidiStreamingCall(reader -> new Chat(host, reader)))
        .addMethod(
            MessengerServerGrpc.getListMethod(),
            ServerCalls.asyncUnaryCall(
                (request, answer) ->
                    ServerCalls.asyncUnimplementedUnaryCall(
                        MessengerServerGrpc.getListMethod(), answer)))
        .addMethod(
            MessengerServerGrpc.getLeaveMethod(),
            ServerCalls.asyncUnaryCall(
                (request, answer) ->
                    ServerCalls.asyncUnimplementedUnaryCall(
                        MessengerServerGrpc.getLeaveMethod(), answer)))
        .build();
  }

  private static void reply(StreamObserver<Reply> answer, String text) {
    answer.onNext(Reply.newBuilder().setMsg(text).build());
    answer.onCompleted();
  }

  private final class Chat implements StreamObserver<byte[]> {

    private final int host;
    private final StreamObserver<byte[]> reader;
    private volatile String user;

    Chat(int host, StreamObserver<byte[]> reader) {
      this.host = host;
      this.reader = reader;
      chats.add(this);
    }

    void disconnect() {
      if (user != null) {
        timeline.disconnect(user, reader);
      }
    }

    @Override
    public void onNext(byte[] message) {
      if (user == null) {
        Message opening = FakeTimeline.parse(message);
        user = opening.getUsername();
        timeline.listen(user, reader);
      } else {
        timeline.post(message);
      }
    }

    @Override
    public void onError(Throwable gone) {
      disconnect();
      chats.remove(this);
    }

    @Override
    public void onCompleted() {
      timeline.leave(user, reader);
      chats.remove(this);
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
