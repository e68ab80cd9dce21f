package parley.frontend.messenger;

import com.google.protobuf.MessageLite;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.function.BiConsumer;
import parley.frontend.loop.FrontendLoop;
import parley.proto.hw2.Request;

/**
 * One Login, List, Join or Leave: takes it from gRPC's threads to the loop, and its one reply back.
 *
 * @param <R> the reply
 */
final class UnaryCall<R extends MessageLite> extends ServerCall.Listener<Request> {
  private final ServerCall<Request, R> call;
  private final FrontendLoop loop;
  private final OpenCalls openCalls;
  private final BiConsumer<UnaryCall<R>, Request> handler;
  private final long connection;
  private Request request;

  /** From here on the loop's. */
  private boolean done;

  private Runnable onGone = () -> {};
  private final long startedNanos = System.nanoTime();

  private UnaryCall(
      ServerCall<Request, R> call,
      FrontendLoop loop,
      OpenCalls openCalls,
      BiConsumer<UnaryCall<R>, Request> handler) {
    this.call = call;
    this.loop = loop;
    this.openCalls = openCalls;
    this.handler = handler;
    this.connection = Connections.of(call);
  }

  static <R extends MessageLite> ServerCall.Listener<Request> start(
      ServerCall<Request, R> call,
      FrontendLoop loop,
      OpenCalls openCalls,
      BiConsumer<UnaryCall<R>, Request> handler) {
    // Two, so that a client that wrongly sends a second message is told so by gRPC.
    call.request(2);
    return new UnaryCall<>(call, loop, openCalls, handler);
  }

  @Override
  public void onMessage(Request message) {
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
  long connection() {
    return connection;
  }

  /** Whether the client still waits. */
  boolean isOpen() {
    return !done;
  }

  /** What to do if the client gives up, or the call is given up, before the reply. */
  void onGone(Runnable task) {
    onGone = task;
  }

  void reply(R reply) {
    if (finish()) {
      call.sendHeaders(new Metadata());
      call.sendMessage(reply);
      call.close(Status.OK, new Metadata());
    }
  }

  void fail(Status status) {
    if (finish()) {
      call.close(status, new Metadata());
    }
  }

  /** Ends the call from this side: it has waited too long. */
  void giveUp(Status status) {
    Runnable gone = onGone;
    fail(status);
    gone.run();
  }

  long startedNanos() {
    return startedNanos;
  }

  private void begin() {
    if (done) {
      return;
    }
    if (!openCalls.add(this)) {
      fail(OpenCalls.TOO_MANY);
    } else if (request == LenientMarshaller.UNREADABLE_REQUEST) {
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
