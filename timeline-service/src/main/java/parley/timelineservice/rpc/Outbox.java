package parley.timelineservice.rpc;

import com.google.protobuf.MessageLite;
import io.grpc.stub.CallStreamObserver;
import java.util.ArrayDeque;

/**
 * Holds back, up to a bound, what a stream cannot take yet: gRPC's own queue has no bound. Not
 * thread-safe: its owner serializes the calls.
 */
final class Outbox<T extends MessageLite> {

  private final CallStreamObserver<? super T> stream;
  private final int maxCount;
  private final long maxBytes;
  private final ArrayDeque<T> waiting = new ArrayDeque<>();
  private long waitingBytes;

  Outbox(CallStreamObserver<? super T> stream, int maxCount, long maxBytes) {
    this.stream = stream;
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
  }

  /** Sends the message, now or later; false if it was dropped because the outbox is full. */
  boolean offer(T message) {
    if (waiting.isEmpty() && stream.isReady()) {
      stream.onNext(message);
      return true;
    }
    if (waiting.size() >= maxCount || waitingBytes + message.getSerializedSize() > maxBytes) {
      return false;
    }
    waiting.add(message);
    waitingBytes += message.getSerializedSize();
    return true;
  }

  /** To be called when the stream has become ready. */
  void drain() {
    while (!waiting.isEmpty() && stream.isReady()) {
      T message = waiting.remove();
      waitingBytes -= message.getSerializedSize();
      stream.onNext(message);
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
