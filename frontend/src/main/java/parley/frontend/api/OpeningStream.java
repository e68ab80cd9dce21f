package parley.frontend.api;

import io.grpc.Metadata;
import io.grpc.Status;
import parley.frontend.call.Answerable;
import parley.frontend.call.InvalidInput;
import parley.frontend.call.OpenCalls;
import parley.frontend.call.StreamCall;
import parley.frontend.call.StreamHandler;

/**
 * A stream whose first message says what it is for: it waits a bounded time to be opened, and ends
 * once. Owned by the loop.
 *
 * @param <Q> what the client sends
 * @param <R> what it receives
 */
abstract class OpeningStream<Q, R> implements StreamHandler<Q>, Answerable, OpenCalls.OpenCall {
  private final OpenCalls openCalls;
  private final StreamCall<Q, R> client;
  private long firstNanos;
  private boolean firstSeen;
  private boolean ended;

  OpeningStream(OpenCalls openCalls, StreamCall<Q, R> client) {
    this.openCalls = openCalls;
    this.client = client;
  }

  /** Calls {@link #opened} as soon as the stream can be opened. */
  abstract void onFirst(Q message) throws InvalidInput;

  abstract void onFurther(Q message) throws InvalidInput;

  /** The client will send nothing more, and has sent something before. */
  abstract void onLast();

  /** Frees what the stream holds. */
  abstract void onEnd();

  /** It no longer waits to be opened. */
  final void opened() {
    openCalls.remove(this);
  }

  final StreamCall<Q, R> client() {
    return client;
  }

  /** Has no effect after the first time. */
  final void end(Status status, Metadata details) {
    if (!ended) {
      ended = true;
      openCalls.remove(this);
      onEnd();
      client.close(status, details);
    }
  }

  @Override
  public final void onMessage(Q message) {
    if (ended) {
      return;
    }
    try {
      if (firstSeen) {
        onFurther(message);
        return;
      }
      firstSeen = true;
      firstNanos = System.nanoTime();
      if (openCalls.add(this)) {
        onFirst(message);
      } else {
        end(OpenCalls.TOO_MANY, new Metadata());
      }
    } catch (InvalidInput e) {
      Refusal.invalid(e).end(this);
    }
  }

  @Override
  public final void onUnreadable() {
    end(
        Status.INVALID_ARGUMENT.withDescription(
            "the message cannot be decoded: are its texts valid UTF-8?"),
        new Metadata());
  }

  @Override
  public final void onHalfClose() {
    if (firstSeen) {
      onLast();
    } else {
      end(Status.INVALID_ARGUMENT.withDescription("no message was sent"), new Metadata());
    }
  }

  @Override
  public final void onCancel() {
    end(Status.CANCELLED, new Metadata());
  }

  @Override
  public final void onBroken(Status status) {
    end(status, new Metadata());
  }

  @Override
  public final void giveUp(Status status) {
    end(status, new Metadata());
  }

  @Override
  public final long startedNanos() {
    return firstNanos;
  }

  @Override
  public final boolean isOpen() {
    return !ended;
  }

  @Override
  public final void fail(Status status, Metadata details) {
    end(status, details);
  }
}
