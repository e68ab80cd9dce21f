package parley.timelineservice.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends what a source yields to a client, never faster than the client takes it, and reads from the
 * source only on the reader threads, one at a time. While the client or the source has nothing to
 * do with it, the stream costs no thread.
 */
final class PacedStream<T> implements Runnable {

  /** What a stream sends. May block on the disk; called by one reader thread at a time. */
  interface Source<T> {

    /** The next message; empty if there is none now. */
    Optional<T> next();

    /** Whether {@link #next} will be empty for ever: the stream ends. */
    boolean ended();
  }

  /** So many messages in a row, then other streams have their turn on the reader threads. */
  private static final int TURN = 8;

  private final ServerCallStreamObserver<T> client;
  private final Source<T> source;
  private final Executor readers;
  // How often the stream was woken since it last went to sleep; > 0 while it is queued or runs, and
  // for ever after its end. Who raises it from 0 queues it, so it is queued at most once.
  private final AtomicInteger wakes = new AtomicInteger();

  PacedStream(ServerCallStreamObserver<T> client, Source<T> source, Executor readers) {
    this.client = client;
    this.source = source;
    this.readers = readers;
  }

  /** There may be something to do: the client can take more, or the source has more. */
  void wake() {
    if (wakes.getAndIncrement() == 0) {
      queue();
    }
  }

  private void queue() {
    try {
      readers.execute(this);
    } catch (RejectedExecutionException e) {
      client.onError(RpcErrors.of(e));
    }
  }

  /** One turn, on a reader thread. */
  @Override
  public void run() {
    int seen = wakes.get();
    Turn turn;
    try {
      turn = takeTurn();
    } catch (RuntimeException e) {
      client.onError(RpcErrors.of(e));
      return;
    }
    switch (turn) {
      case MORE -> queue();
      case ASLEEP -> {
        if (wakes.addAndGet(-seen) != 0) {
          queue();
        }
      }
      case OVER -> client.onCompleted();
      case CANCELLED -> {}
    }
  }

  private enum Turn {
    MORE,
    ASLEEP,
    OVER,
    CANCELLED
  }

  private Turn takeTurn() {
    for (int sent = 0; sent < TURN; sent++) {
      if (client.isCancelled()) {
        return Turn.CANCELLED;
      }
      if (!client.isReady()) {
        return Turn.ASLEEP;
      }
      if (source.ended()) {
        return Turn.OVER;
      }
      Optional<T> next = source.next();
      if (next.isEmpty()) {
        return source.ended() ? Turn.OVER : Turn.ASLEEP;
      }
      client.onNext(next.get());
    }
    return Turn.MORE;
  }
}
