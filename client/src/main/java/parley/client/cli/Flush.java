package parley.client.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parley.client.v1.Outbox;

/** Waits until an outbox is empty, for as long as it becomes emptier. */
final class Flush {

  private Flush() {}

  /**
   * Returns when each post of the outbox is safe or has failed.
   *
   * @param patience after so long without any change it gives up
   */
  static void await(Outbox outbox, Duration patience) throws InterruptedException, UserError {
    CompletableFuture<Void> flushed = outbox.flushed();
    int pending = outbox.pending();
    while (!isDoneWithin(patience, flushed)) {
      int left = outbox.pending();
      if (left >= pending) {
        throw UserError.unreachable(
            "nothing was acknowledged for %s: it is not known whether the last %d posts are safe"
                .formatted(Seconds.shown(patience), left));
      }
      pending = left;
    }
  }

  private static boolean isDoneWithin(Duration time, CompletableFuture<Void> flushed)
      throws InterruptedException {
    try {
      flushed.get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("what is flushed cannot fail", e);
    }
  }
}
