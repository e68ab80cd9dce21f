package parley.acceptance.load;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Optional;
import java.util.function.Consumer;
import parley.proto.hw2.Message;
import parley.proto.hw2.MessengerServerGrpc.MessengerServerStub;

/**
 * One user's open Chat. Sending is for one thread; what arrives is told on the connection's thread,
 * which also calls {@code onChange} whenever the stream can take more, or has ended.
 */
final class ChatStream {

  private final Consumer<Message> listener;
  private final Runnable onChange;
  // Set once, before the call starts.
  private ClientCallStreamObserver<Message> outbound;
  private volatile Status end;

  private ChatStream(Consumer<Message> listener, Runnable onChange) {
    this.listener = listener;
    this.onChange = onChange;
  }

  static ChatStream open(
      MessengerServerStub stub, String user, Consumer<Message> listener, Runnable onChange) {
    ChatStream stream = new ChatStream(listener, onChange);
    stub.chat(stream.new Inbound());
    stream.outbound.onNext(Posts.opening(user));
    return stream;
  }

  /** Whether a post would go out now, and not wait in this process for the server to take it. */
  boolean takesMore() {
    return outbound.isReady();
  }

  void post(Message message) {
    outbound.onNext(message);
  }

  /** Says that no more posts follow. The stream ends with OK when the server has them all safe. */
  void leave() {
    outbound.onCompleted();
  }

  /** How the stream ended; nothing while it has not. */
  Optional<Status> end() {
    return Optional.ofNullable(end);
  }

  private final class Inbound implements ClientResponseObserver<Message, Message> {

    @Override
    public void beforeStart(ClientCallStreamObserver<Message> requestStream) {
      outbound = requestStream;
      requestStream.setOnReadyHandler(onChange);
    }

    @Override
    public void onNext(Message message) {
      listener.accept(message);
    }

    @Override
    public void onError(Throwable cause) {
      end(Status.fromThrowable(cause));
    }

    @Override
    public void onCompleted() {
      end(Status.OK);
    }

    private void end(Status status) {
      end = status;
      onChange.run();
    }
  }
}
