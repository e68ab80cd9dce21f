package parley.timelineservice.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What other threads hand to the loop: bounded, in order of arrival. */
final class Mailbox {

  private static final int CAPACITY = 16_384;
  private static final int ROUND = 256;

  private final ArrayBlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(CAPACITY);

  /** Hands over what may be lost; false if the box is full. */
  boolean offer(Runnable task) {
    return tasks.offer(task);
  }

  /** Hands over what must not be lost, and waits for room. Never called by the loop itself. */
  void put(Runnable task) {
    try {
      tasks.put(task);
    } catch (InterruptedException e) {
      throw new IllegalStateException("threads that feed the replica are never interrupted", e);
    }
  }

  /** The tasks of one round: waits so long for the first one. */
  List<Runnable> take(long waitNanos) {
    List<Runnable> round = new ArrayList<>();
    try {
      Runnable first = waitNanos > 0 ? tasks.poll(waitNanos, TimeUnit.NANOSECONDS) : tasks.poll();
      if (first != null) {
        round.add(first);
        tasks.drainTo(round, ROUND - 1);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("the replica's loop is never interrupted", e);
    }
    return round;
  }
}
