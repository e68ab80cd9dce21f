package parley.frontend.messenger;

import io.grpc.Status;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The unary calls that wait for their replies: bounded in number, and none waits longer than it
 * may. Owned by the loop.
 */
final class OpenCalls {
  static final Status TOO_MANY =
      Status.RESOURCE_EXHAUSTED.withDescription(
          "too many calls are waiting at this frontend; try again later or elsewhere");

  private static final int CALLS_MAX = 10_000;

  /** In the order in which they came. */
  private final Set<UnaryCall<?>> calls = new LinkedHashSet<>();

  private final long waitMs;

  OpenCalls(long waitMs) {
    this.waitMs = waitMs;
  }

  boolean add(UnaryCall<?> call) {
    return calls.size() < CALLS_MAX && calls.add(call);
  }

  void remove(UnaryCall<?> call) {
    calls.remove(call);
  }

  /** To be called several times a second. */
  void giveUpExpired() {
    long now = System.nanoTime();
    long waitNanos = TimeUnit.MILLISECONDS.toNanos(waitMs);
    while (!calls.isEmpty()) {
      Iterator<UnaryCall<?>> oldest = calls.iterator();
      UnaryCall<?> call = oldest.next();
      if (now - call.startedNanos() < waitNanos) {
        return;
      }
      oldest.remove();
      call.giveUp(
          Status.UNAVAILABLE.withDescription(
              "no primary has answered within %d ms; try again".formatted(waitMs)));
    }
  }
}
