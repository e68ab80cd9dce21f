package parley.timelineservice.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import parley.timelineservice.paxos.Effect;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.timeline.AppliedSlot;

/**
 * The one thread that writes to the disk. Whatever waits while a sync is under way goes into the
 * next one together (R6). Effects of applied slots and a mere committed mark wait for the next
 * batch or promise, but not long: no client waits for them.
 */
final class DiskThread implements AutoCloseable {

  /** Larger transactions would be written out by H2 in parts, before their commit. */
  private static final int TRANSACTION_BYTES = 1 << 20;

  private static final long LAZY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private sealed interface Waiting {}

  private record Writing(Effect.Persist persist) implements Waiting {}

  private record Applying(AppliedSlot slot) implements Waiting {}

  private final Disk disk;
  private final LongConsumer onDurable;
  private final Halt halt;
  private final Thread thread = new Thread(this::run, "disk");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** In the order of the core's effects: no slot's effects become durable before its commit. */
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

  private int urgent;
  private boolean closing;

  DiskThread(Disk disk, LongConsumer onDurable, Halt halt) {
    this.disk = disk;
    this.onDurable = onDurable;
    this.halt = halt;
  }

  void start() {
    thread.start();
  }

  /**
   * Queues a write. The core bounds how many there are: a primary offers no more to a replica whose
   * disk is far behind, and a copy waits for the disk before it asks for the chunk after the next.
   */
  void write(Effect.Persist persist) {
    lock.lock();
    try {
      queue.add(new Writing(persist));
      if (urgent(persist)) {
        urgent++;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Queues the effects of a slot for the next transaction (R9). */
  void applied(AppliedSlot slot) {
    lock.lock();
    try {
      queue.add(new Applying(slot));
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private static boolean urgent(Effect.Persist persist) {
    return !(persist.write() instanceof Write.Committed);
  }

  private void run() {
    try {
      while (writeOnce()) {
        // Until closed.
      }
    } catch (RuntimeException | Error e) {
      halt.halt("Cannot write to the data folder: nothing more is acknowledged", e);
    }
  }

  /** Writes what is there; false when closed and everything is written. */
  private boolean writeOnce() {
    List<Write> taken = new ArrayList<>();
    List<AppliedSlot> effects = new ArrayList<>();
    long sequence = 0;
    lock.lock();
    try {
      awaitWork();
      if (queue.isEmpty()) {
        return false;
      }
      int bytes = 0;
      while (!queue.isEmpty() && bytes < TRANSACTION_BYTES) {
        Waiting next = queue.poll();
        if (next instanceof Applying applying) {
          effects.add(applying.slot());
        } else if (next instanceof Writing writing) {
          Effect.Persist persist = writing.persist();
          if (urgent(persist)) {
            urgent--;
          }
          taken.add(persist.write());
          sequence = persist.sequence();
          bytes += size(persist.write());
        }
      }
    } finally {
      lock.unlock();
    }
    disk.write(taken, effects);
    if (sequence > 0) {
      onDurable.accept(sequence);
    }
    return true;
  }

  private void awaitWork() {
    try {
      while (urgent == 0 && !closing && queue.isEmpty()) {
        changed.await();
      }
      long left = LAZY_NANOS;
      while (urgent == 0 && !closing && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("the disk thread is never interrupted", e);
    }
  }

  private static int size(Write write) {
    if (write instanceof Write.Accepted accepted) {
      return accepted.batch().bytes().length;
    }
    return write instanceof Write.Copied copied ? copied.batch().bytes().length : 0;
  }

  /** Writes what is queued, then ends the thread; waits for its end. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException("closing the disk thread is never interrupted", e);
    }
  }
}
