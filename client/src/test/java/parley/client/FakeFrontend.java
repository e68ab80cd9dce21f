package parley.client;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import parley.proto.hw2.ListReply;
import parley.proto.hw2.Message;
import parley.proto.hw2.MessengerServerGrpc.MessengerServerImplBase;
import parley.proto.hw2.Reply;
import parley.proto.hw2.Request;

/** A frontend that says what it is told to say, and records what it is sent. */
public final class FakeFrontend extends MessengerServerImplBase implements AutoCloseable {

  private final Server server;
  private final int port;
  private final HealthStatusManager health = new HealthStatusManager();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<Message> chatted = new CopyOnWriteArrayList<>();
  private final CountDownLatch chatOpen = new CountDownLatch(1);
  private volatile StreamObserver<Message> toReader;

  public FakeFrontend() throws IOException {
    this(0);
  }

  /** One that comes back where it was. */
  public FakeFrontend(int port) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
            .addService(this)
            .addService(health.getHealthService())
            .build()
            .start();
    this.port = server.getPort();
  }

  /** Where it listens, or listened before it was closed. */
  public ServerAddress address() {
    return new ServerAddress("127.0.0.1", port);
  }

  public void serving(boolean serving) {
    health.setStatus("", serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  }

  /** The unary calls received, as {@code method user arguments}. */
  public List<String> calls() {
    return calls;
  }

  /** All that came over Chat, the opening message included. */
  public List<Message> chatted() {
    return chatted;
  }

  /** Sends a message to the open chat, waiting for one to be opened. */
  public void deliver(Message message) throws InterruptedException {
    awaitChat();
    toReader.onNext(message);
  }

  /** Ends the open chat, waiting for one to be opened. */
  public void breakChat(Status status) throws InterruptedException {
    awaitChat();
    toReader.onError(status.asRuntimeException());
  }

  private void awaitChat() throws InterruptedException {
    if (!chatOpen.await(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no chat was opened");
    }
  }

  @Override
  public void login(Request request, StreamObserver<Reply> answer) {
    calls.add("login " + request.getUsername());
    reply(answer, request.getUsername().equals("taken") ? "Invalid Username" : "Login Successful!");
  }

  @Override
  public void join(Request request, StreamObserver<Reply> answer) {
    calls.add("join " + request.getUsername() + " " + String.join(" ", request.getArgumentsList()));
    if (request.getArguments(0).equals("unlucky")) {
      answer.onError(
          Status.INVALID_ARGUMENT.withDescription("'unlucky' will not do").asRuntimeException());
      return;
    }
    reply(answer, "Join Successful");
  }

  @Override
  public void leave(Request request, StreamObserver<Reply> answer) {
    calls.add(
        "leave " + request.getUsername() + " " + String.join(" ", request.getArgumentsList()));
    reply(answer, "Leave Failed -- Not Following User");
  }

  @Override
  public void list(Request request, StreamObserver<ListReply> answer) {
    calls.add("list " + request.getUsername());
    answer.onNext(
        ListReply.newBuilder()
            .addAllRooms("alice")
            .addAllRooms("bob")
            .addJoinedRooms("bob")
            .build());
    answer.onCompleted();
  }

  private static void reply(StreamObserver<Reply> answer, String text) {
    answer.onNext(Reply.newBuilder().setMsg(text).build());
    answer.onCompleted();
  }

  @Override
  public StreamObserver<Message> chat(StreamObserver<Message> answer) {
    toReader = answer;
    return new StreamObserver<>() {
      @Override
      public void onNext(Message message) {
        chatted.add(message);
        chatOpen.countDown();
      }

      @Override
      public void onError(Throwable gone) {
        calls.add("gone");
      }

      @Override
      public void onCompleted() {
        calls.add("half-close");
        answer.onCompleted();
      }
    };
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
