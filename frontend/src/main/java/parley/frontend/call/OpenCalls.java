package parley.frontend.call;

import io.grpc.Status;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The calls that wait for their replies, and the streams that wait to be opened: bounded in number,
 * and none waits longer than it may. Owned by the loop.
 */
public final class OpenCalls {
  /** What a call ends with that finds no place. */
  public static final Status TOO_MANY =
      Status.RESOURCE_EXHAUSTED.withDescription(
          "too many calls are waiting at this frontend; try again later or elsewhere");

  static final int CALLS_MAX = 10_000;

  /** In the order in which they came. */
  private final Set<OpenCall> calls = new LinkedHashSet<>();

  private final long waitMs;

  /** One that waits. */
  public interface OpenCall {
    /** When it came. */
    long startedNanos();

    /** Ends it: it has waited too long. */
    void giveUp(Status status);
  }

  /**
   * @param waitMs longest wait for a primary
   */
  public OpenCalls(long waitMs) {
    this.waitMs = waitMs;
  }

  /** Begins to watch over the call; false if there are too many. */
  public boolean add(OpenCall call) {
    return calls.size() < CALLS_MAX && calls.add(call);
  }

  /** The call no longer waits. */
  public void remove(OpenCall call) {
    calls.remove(call);
  }

  /** To be called several times a second. */
  public void giveUpExpired() {
    long now = System.nanoTime();
    long waitNanos = TimeUnit.MILLISECONDS.toNanos(waitMs);
    while (!calls.isEmpty()) {
      Iterator<OpenCall> oldest = calls.iterator();
      OpenCall call = oldest.next();
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
