package parley.frontend.messenger;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.proto.hw2.Message;

/**
 * Takes a Chat's events from gRPC's threads to the loop, many at a time, and its replies back.
 *
 * <p>The inbox is bounded by what the stream was allowed to send; at most one signal per stream
 * waits in the loop's mailbox.
 */
final class ChatCall extends ServerCall.Listener<Message> implements ChatClient {
  private static final Logger LOG = LoggerFactory.getLogger(ChatCall.class);

  private enum End {
    HALF_CLOSE,
    CANCEL
  }

  private final ServerCall<Message, byte[]> call;
  private final Executor loop;
  private final ConcurrentLinkedQueue<Object> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean signalled = new AtomicBoolean();
  private volatile boolean readyAgain;

  /** The loop's. */
  private Chat chat;

  private boolean closed;

  private ChatCall(ServerCall<Message, byte[]> call, Executor loop) {
    this.call = call;
    this.loop = loop;
  }

  static ServerCall.Listener<Message> start(
      ServerCall<Message, byte[]> call, Executor loop, Parts parts) {
    ChatCall started = new ChatCall(call, loop);
    long connection = Connections.of(call);
    call.sendHeaders(new Metadata());
    loop.execute(() -> started.chat = new Chat(parts, started, connection));
    return started;
  }

  @Override
  public void onMessage(Message message) {
    inbox.add(message);
    signal();
  }

  @Override
  public void onHalfClose() {
    inbox.add(End.HALF_CLOSE);
    signal();
  }

  @Override
  public void onCancel() {
    inbox.add(End.CANCEL);
    signal();
  }

  @Override
  public void onReady() {
    readyAgain = true;
    signal();
  }

  @Override
  public void request(int messages) {
    call.request(messages);
  }

  @Override
  public boolean isReady() {
    return !closed && call.isReady();
  }

  @Override
  public void deliver(byte[] message) {
    if (!closed) {
      call.sendMessage(message);
    }
  }

  @Override
  public void close(Status status) {
    if (!closed) {
      closed = true;
      call.close(status, new Metadata());
    }
  }

  private void signal() {
    if (signalled.compareAndSet(false, true)) {
      loop.execute(this::drain);
    }
  }

  private void drain() {
    signalled.set(false);
    try {
      for (Object event = inbox.poll(); event != null; event = inbox.poll()) {
        if (event instanceof Message message) {
          chat.onMessage(message);
        } else if (event == End.HALF_CLOSE) {
          chat.onHalfClose();
        } else {
          chat.onCancel();
        }
      }
      if (readyAgain) {
        readyAgain = false;
        chat.onReady();
      }
    } catch (RuntimeException e) {
      LOG.error("A Chat has failed and is ended.", e);
      chat.fail(Status.INTERNAL.withDescription("the frontend has failed here; see its log"));
    }
  }
}
