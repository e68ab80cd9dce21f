package parley.client.traffic;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts what has happened, and lets others wait for it for as long as it goes on. Thread-safe. */
final class Tally {

  private long count;

  synchronized void add() {
    count++;
    notifyAll();
  }

  synchronized long count() {
    return count;
  }

  /**
   * Waits until it is so many.
   *
   * @return false if nothing was counted for all of {@code patience}
   */
  synchronized boolean awaitAtLeast(long wanted, Duration patience) throws InterruptedException {
    long seen = count;
    long giveUp = System.nanoTime() + patience.toNanos();
    while (count < wanted) {
      if (count > seen) {
        seen = count;
        giveUp = System.nanoTime() + patience.toNanos();
      }
      long leftMs = TimeUnit.NANOSECONDS.toMillis(giveUp - System.nanoTime());
      if (leftMs <= 0) {
        return false;
      }
      wait(leftMs);
    }
    return true;
  }
}
