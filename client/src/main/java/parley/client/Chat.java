package parley.client;

import com.google.protobuf.Timestamp;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import parley.proto.hw2.Message;
import parley.proto.hw2.MessengerServerGrpc.MessengerServerStub;

/**
 * One user's open Chat stream: posts go out as fast as flow control allows, and what others post
 * comes in.
 *
 * <p>Posting and half-closing are for one thread at a time; the listener runs on the channel's
 * threads, one call after the other, and may block: the server then waits. Nothing is kept for a
 * reconnection: a chat that broke is over.
 */
public final class Chat {

  private static final String SET_STREAM = "Set Stream";

  private final String user;
  private final String server;
  private final Object monitor = new Object();
  // Set once, before the call starts.
  private ClientCallStreamObserver<Message> outbound;
  // Guarded by monitor. A chat that ended without failure had been left.
  private boolean leaving;
  private boolean ended;
  private MessengerException failure;
  private Runnable onBroken = () -> {};

  private Chat(String user, String server) {
    this.user = user;
    this.server = server;
  }

  static Chat open(
      MessengerServerStub stub, String server, String user, Consumer<Received> listener) {
    Chat chat = new Chat(user, server);
    stub.chat(chat.new Inbound(listener));
    chat.outbound.onNext(chat.message(SET_STREAM));
    return chat;
  }

  /**
   * Posts a text, first waiting until the stream can take it.
   *
   * @throws MessengerException if the chat has ended
   */
  public void post(String text) throws InterruptedException, MessengerException {
    synchronized (monitor) {
      while (!ended && !outbound.isReady()) {
        monitor.wait();
      }
      if (failure != null) {
        throw failure;
      }
    }
    outbound.onNext(message(text));
  }

  /**
   * Says that no more posts follow and waits until the server has committed all of them.
   *
   * @throws MessengerException if the stream broke, so that the last posts may be lost
   */
  public void leave() throws InterruptedException, MessengerException {
    synchronized (monitor) {
      leaving = true;
      if (!ended) {
        outbound.onCompleted();
      }
      while (!ended) {
        monitor.wait();
      }
      if (failure != null) {
        throw failure;
      }
    }
  }

  /**
   * Runs a short action once if the chat ends before it is left; at once if it has broken already.
   * The action is over before any other method tells of the failure.
   */
  public void whenBroken(Runnable action) {
    synchronized (monitor) {
      if (failure == null) {
        onBroken = action;
      } else {
        action.run();
      }
    }
  }

  /** Why the chat broke; empty while it is open and after an orderly end. */
  public Optional<MessengerException> failure() {
    synchronized (monitor) {
      return Optional.ofNullable(failure);
    }
  }

  private Message message(String text) {
    Timestamp now = Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond()).build();
    return Message.newBuilder().setUsername(user).setMsg(text).setTimestamp(now).build();
  }

  private void end(MessengerException why) {
    synchronized (monitor) {
      if (ended) {
        return;
      }
      ended = true;
      if (why != null || !leaving) {
        failure = why != null ? why : endedByServer();
        // Who is leaving learns it from leave().
        if (!leaving) {
          onBroken.run();
        }
      }
      monitor.notifyAll();
    }
  }

  private MessengerException endedByServer() {
    return new MessengerException(
        MessengerException.Kind.REFUSED, server + " has ended the chat of " + user, null);
  }

  /** The stream's events, on the channel's threads. */
  private final class Inbound implements ClientResponseObserver<Message, Message> {

    private final Consumer<Received> listener;

    Inbound(Consumer<Received> listener) {
      this.listener = listener;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Message> requestStream) {
      outbound = requestStream;
      requestStream.setOnReadyHandler(
          () -> {
            synchronized (monitor) {
              monitor.notifyAll();
            }
          });
    }

    @Override
    public void onNext(Message message) {
      listener.accept(Received.of(message));
    }

    @Override
    public void onError(Throwable cause) {
      end(MessengerException.of(server, cause));
    }

    @Override
    public void onCompleted() {
      end(null);
    }
  }
}
