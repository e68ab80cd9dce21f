package parley.frontend.call;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a stream's events from gRPC's threads to the loop, many at a time, and its messages back.
 *
 * <p>The inbox is bounded by what the stream was allowed to send; at most one signal per stream
 * waits in the loop's mailbox. What is public here, but for what gRPC calls, is the loop's, and has
 * no effect after the stream's end.
 *
 * @param <Q> what the client sends
 * @param <R> what it receives
 */
public final class StreamCall<Q, R> extends ServerCall.Listener<Q> {
  private static final Logger LOG = LoggerFactory.getLogger(StreamCall.class);

  private final ServerCall<Q, R> call;
  private final Executor loop;
  private final Q unreadable;
  private final long connection;
  private final ConcurrentLinkedQueue<Q> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean signalled = new AtomicBoolean();
  private volatile boolean halfClosed;
  private volatile boolean cancelled;
  private volatile boolean readyAgain;

  /** The loop's. */
  private StreamHandler<Q> handler;

  private boolean halfCloseTold;
  private boolean closed;

  private StreamCall(ServerCall<Q, R> call, Executor loop, Q unreadable) {
    this.call = call;
    this.loop = loop;
    this.unreadable = unreadable;
    this.connection = Connections.of(call);
  }

  /**
   * @param unreadable stands for a message that cannot be decoded; compared by identity
   * @param opener makes the handler, on the loop, before anything else happens there
   */
  static <Q, R> ServerCall.Listener<Q> start(
      ServerCall<Q, R> call,
      Executor loop,
      Q unreadable,
      Function<StreamCall<Q, R>, StreamHandler<Q>> opener) {
    StreamCall<Q, R> started = new StreamCall<>(call, loop, unreadable);
    call.sendHeaders(new Metadata());
    loop.execute(() -> started.handler = opener.apply(started));
    return started;
  }

  @Override
  public void onMessage(Q message) {
    inbox.add(message);
    signal();
  }

  @Override
  public void onHalfClose() {
    halfClosed = true;
    signal();
  }

  @Override
  public void onCancel() {
    cancelled = true;
    signal();
  }

  @Override
  public void onReady() {
    readyAgain = true;
    signal();
  }

  /** The connection that the stream came on. */
  public long connection() {
    return connection;
  }

  /** Lets the client send so many further messages. */
  public void request(int messages) {
    call.request(messages);
  }

  /** Whether a message can be sent without building a queue. */
  public boolean isReady() {
    return !closed && call.isReady();
  }

  /** Sends a message. */
  public void send(R message) {
    if (!closed) {
      call.sendMessage(message);
    }
  }

  /** Ends the stream. */
  public void close(Status status, Metadata details) {
    if (!closed) {
      closed = true;
      call.close(status, details);
    }
  }

  private void signal() {
    if (signalled.compareAndSet(false, true)) {
      loop.execute(this::drain);
    }
  }

  private void drain() {
    signalled.set(false);
    // Read before the inbox: what the client sent before its end is in there by then.
    boolean ends = halfClosed && !halfCloseTold;
    boolean gone = cancelled;
    try {
      for (Q message = inbox.poll(); message != null; message = inbox.poll()) {
        if (message == unreadable) {
          handler.onUnreadable();
        } else {
          handler.onMessage(message);
        }
      }
      if (ends) {
        halfCloseTold = true;
        handler.onHalfClose();
      }
      if (gone) {
        handler.onCancel();
      }
      if (readyAgain) {
        readyAgain = false;
        handler.onReady();
      }
    } catch (RuntimeException e) {
      LOG.error("A stream has failed and is ended.", e);
      handler.onBroken(
          Status.INTERNAL.withDescription("the frontend has failed here; see its log"));
    }
  }
}
