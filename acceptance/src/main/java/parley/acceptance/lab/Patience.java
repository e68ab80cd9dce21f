package parley.acceptance.lab;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/**
 * Waits for conditions: as long as something moves, however slow the machine, but not for ever when
 * nothing does.
 */
public final class Patience {

  private static final Duration LOOK_OFTEN = Duration.ofMillis(5);

  private final Duration stallMax;
  private final Duration lookEvery;

  /**
   * Looks often: for conditions that cost nothing.
   *
   * @param stallMax how long nothing may move
   */
  public Patience(Duration stallMax) {
    this(stallMax, LOOK_OFTEN);
  }

  private Patience(Duration stallMax, Duration lookEvery) {
    this.stallMax = stallMax;
    this.lookEvery = lookEvery;
  }

  /** The same, for conditions that cost something. */
  public Patience lookingEvery(Duration interval) {
    return new Patience(stallMax, interval);
  }

  /**
   * Waits until the condition holds; nothing is known to move meanwhile.
   *
   * @throws StallException naming {@code what}, if it takes too long
   */
  public void await(String what, Callable<Boolean> condition) {
    await(what, condition, () -> 0L);
  }

  /**
   * Waits until the condition holds.
   *
   * @param progress any number that changes while there is still hope
   * @throws StallException naming {@code what}, once the number has not changed for too long
   */
  public void await(String what, Callable<Boolean> condition, Callable<Long> progress) {
    Watch watch = new Watch(what, condition, progress);
    Awaitility.await(what)
        .forever()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(lookEvery)
        .until(watch);
  }

  /** Nothing moved for too long. */
  public static final class StallException extends RuntimeException {
    StallException(String message) {
      super(message);
    }
  }

  private final class Watch implements Callable<Boolean> {

    private final String what;
    private final Callable<Boolean> condition;
    private final Callable<Long> progress;
    private long last = Long.MIN_VALUE;
    private long movedAt;

    Watch(String what, Callable<Boolean> condition, Callable<Long> progress) {
      this.what = what;
      this.condition = condition;
      this.progress = progress;
    }

    @Override
    public Boolean call() throws Exception {
      if (condition.call()) {
        return true;
      }
      long now = System.nanoTime();
      long current = progress.call();
      if (current != last) {
        last = current;
        movedAt = now;
      } else if (now - movedAt > stallMax.toNanos()) {
        throw new StallException(
            "waited in vain until " + what + ": nothing moved for " + stallMax.toSeconds() + " s");
      }
      return false;
    }
  }
}
