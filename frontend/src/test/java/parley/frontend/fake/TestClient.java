package parley.frontend.fake;

import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import parley.proto.hw2.ListReply;
import parley.proto.hw2.Message;
import parley.proto.hw2.MessengerServerGrpc;
import parley.proto.hw2.Request;

/** A client of the messenger interface, with a connection of its own. */
public final class TestClient implements AutoCloseable {
  private static final int DEADLINE_S = 40;

  private final ManagedChannel channel;

  public TestClient(int port) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  public ManagedChannel channel() {
    return channel;
  }

  public String login(String name) {
    return stub().login(request(name)).getMsg();
  }

  public ListReply list(String name) {
    return stub().list(request(name));
  }

  public String join(String name, String... followee) {
    return stub().join(request(name, followee)).getMsg();
  }

  public String leave(String name, String... followee) {
    return stub().leave(request(name, followee)).getMsg();
  }

  public MessengerServerGrpc.MessengerServerBlockingStub stub() {
    return MessengerServerGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }

  public MessengerServerGrpc.MessengerServerFutureStub later() {
    return MessengerServerGrpc.newFutureStub(channel)
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }

  /** What a call that must fail ends with. */
  public static Status failure(Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
    throw new AssertionError("the call did not fail");
  }

  /** Returns when the frontend has taken everything that this client has sent before. */
  public void awaitTaken() {
    if (failure(() -> login("")).getCode() != Status.Code.INVALID_ARGUMENT) {
      throw new AssertionError("an empty name was not refused");
    }
  }

  public static Request request(String name, String... arguments) {
    return Request.newBuilder().setUsername(name).addAllArguments(List.of(arguments)).build();
  }

  /** Opens a Chat with its first message. */
  public ChatStream chat(String name) {
    ChatStream chat = openChat();
    chat.send(name, "Set Stream");
    return chat;
  }

  /** Opens a Chat, and says nothing yet. */
  public ChatStream openChat() {
    return openChat(Integer.MAX_VALUE);
  }

  /** Opens a Chat that takes so many messages and then no more. */
  public ChatStream openChat(int messages) {
    ChatStream chat = new ChatStream(messages);
    MessengerServerGrpc.newStub(channel).chat(chat);
    return chat;
  }

  /** The connection ends as if the process had been killed. */
  @Override
  public void close() {
    channel.shutdownNow();
  }

  /** One Chat. */
  public static final class ChatStream extends ClientStream<Message, Message> {
    ChatStream(int firstRequest) {
      super(firstRequest);
    }

    public void post(String name, String text) {
      send(name, text);
    }

    public void send(String name, String text) {
      send(
          Message.newBuilder()
              .setUsername(name)
              .setMsg(text)
              .setTimestamp(Timestamp.newBuilder().setSeconds(1_704_067_200))
              .build());
    }

    public List<String> texts() {
      return received().stream().map(Message::getMsg).toList();
    }
  }
}
