package parley.frontend.call;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.function.BiConsumer;
import parley.frontend.loop.FrontendLoop;

/**
 * One call with one request: takes it from gRPC's threads to the loop, and its one reply back.
 *
 * @param <Q> the request
 * @param <R> the reply
 */
public final class UnaryCall<Q, R> extends ServerCall.Listener<Q>
    implements Answerable, OpenCalls.OpenCall {
  private final ServerCall<Q, R> call;
  private final FrontendLoop loop;
  private final OpenCalls openCalls;
  private final Q unreadable;
  private final BiConsumer<UnaryCall<Q, R>, Q> handler;
  private final long connection;
  private Q request;

  /** From here on the loop's. */
  private boolean done;

  private Runnable onGone = () -> {};
  private final long startedNanos = System.nanoTime();

  private UnaryCall(
      ServerCall<Q, R> call,
      FrontendLoop loop,
      OpenCalls openCalls,
      Q unreadable,
      BiConsumer<UnaryCall<Q, R>, Q> handler) {
    this.call = call;
    this.loop = loop;
    this.openCalls = openCalls;
    this.unreadable = unreadable;
    this.handler = handler;
    this.connection = Connections.of(call);
  }

  /**
   * @param unreadable stands for a request that cannot be decoded; compared by identity
   */
  static <Q, R> ServerCall.Listener<Q> start(
      ServerCall<Q, R> call,
      FrontendLoop loop,
      OpenCalls openCalls,
      Q unreadable,
      BiConsumer<UnaryCall<Q, R>, Q> handler) {
    // Two, so that a client that wrongly sends a second message is told so by gRPC.
    call.request(2);
    return new UnaryCall<>(call, loop, openCalls, unreadable, handler);
  }

  @Override
  public void onMessage(Q message) {
    request = message;
  }

  @Override
  public void onHalfClose() {
    if (request == null) {
      call.close(Status.INVALID_ARGUMENT.withDescription("no request was sent"), new Metadata());
    } else if (!loop.offer(this::begin)) {
      call.close(OpenCalls.TOO_MANY, new Metadata());
    }
  }

  @Override
  public void onCancel() {
    loop.execute(this::leave);
  }

  /** The connection that the call came on. */
  public long connection() {
    return connection;
  }

  @Override
  public boolean isOpen() {
    return !done;
  }

  /** What to do if the client gives up, or the call is given up, before the reply. */
  public void onGone(Runnable task) {
    onGone = task;
  }

  /** Ends the call well. */
  public void reply(R reply) {
    if (finish()) {
      call.sendHeaders(new Metadata());
      call.sendMessage(reply);
      call.close(Status.OK, new Metadata());
    }
  }

  /** Ends the call by an error without details. */
  public void fail(Status status) {
    fail(status, new Metadata());
  }

  @Override
  public void fail(Status status, Metadata details) {
    if (finish()) {
      call.close(status, details);
    }
  }

  @Override
  public void giveUp(Status status) {
    Runnable gone = onGone;
    fail(status);
    gone.run();
  }

  @Override
  public long startedNanos() {
    return startedNanos;
  }

  private void begin() {
    if (done) {
      return;
    }
    if (!openCalls.add(this)) {
      fail(OpenCalls.TOO_MANY);
    } else if (request == unreadable) {
      fail(
          Status.INVALID_ARGUMENT.withDescription(
              "the request cannot be decoded: are its texts valid UTF-8?"));
    } else {
      handler.accept(this, request);
    }
  }

  private void leave() {
    if (finish()) {
      onGone.run();
    }
  }

  private boolean finish() {
    if (done) {
      return false;
    }
    done = true;
    openCalls.remove(this);
    return true;
  }
}
