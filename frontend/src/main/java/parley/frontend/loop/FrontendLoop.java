package parley.frontend.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Runs everything that touches the frontend's state on one thread, so that nothing else needs a
 * lock.
 *
 * <p>A turn takes a bounded number of waiting tasks, then the timers that are due, then each work
 * once. {@link #execute}, {@link #offer}, {@link #turns} and {@link #close} may be called by any
 * thread; all else only before {@link #start} or on the loop.
 *
 * <p>Bounded: {@link #offer} refuses beyond the capacity. {@link #execute} never refuses and is for
 * sources that are bounded by themselves (one pending signal per stream, flow control by credits).
 *
 * <p>A task that throws has broken an invariant: the loop ends and says so, rather than limp on.
 */
public final class FrontendLoop implements Executor, AutoCloseable {
  private static final int TASKS_PER_TURN = 1_024;
  private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final int capacity;
  private final Thread thread;
  private final Consumer<Throwable> onBroken;
  private final ConcurrentLinkedQueue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final List<BooleanSupplier> works = new ArrayList<>();
  private long timersSet;
  private volatile boolean parked;
  private volatile boolean closed;
  private volatile long turns;

  /**
   * @param capacity waiting tasks beyond which {@link #offer} refuses
   * @param onBroken told, on the loop's thread, of the exception that ended the loop
   */
  public FrontendLoop(int capacity, Consumer<Throwable> onBroken) {
    this.capacity = capacity;
    this.onBroken = onBroken;
    this.thread = new Thread(this::run, "frontend-loop");
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Ends the loop after its present turn and waits for that. Waiting tasks are dropped. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hands over a task; tasks of one thread run in the order in which they were handed over. */
  @Override
  public void execute(Runnable task) {
    waiting.incrementAndGet();
    mailbox.add(task);
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /** Like {@link #execute}, but answers false and does nothing if too many tasks wait. */
  public boolean offer(Runnable task) {
    if (waiting.get() >= capacity) {
      return false;
    }
    execute(task);
    return true;
  }

  /** Runs the task once, after at least so many milliseconds. */
  public void after(long delayMs, Runnable task) {
    long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMs);
    timers.add(new Timer(due, timersSet++, task));
  }

  /** Runs the task again and again, with so many milliseconds between two runs. */
  public void every(long periodMs, Runnable task) {
    after(
        periodMs,
        () -> {
          task.run();
          every(periodMs, task);
        });
  }

  /** Runs this at the end of each turn; true means that it has more to do at once. */
  public void addWork(BooleanSupplier work) {
    works.add(work);
  }

  /** How often the loop has turned: grows several times a second while the loop lives. */
  public long turns() {
    return turns;
  }

  private void run() {
    try {
      while (!closed) {
        turn();
      }
    } catch (Throwable e) {
      onBroken.accept(e);
    }
  }

  private void turn() {
    boolean more = runTasks();
    runTimers();
    for (BooleanSupplier work : works) {
      more |= work.getAsBoolean();
    }
    turns++;
    if (!more) {
      park();
    }
  }

  private boolean runTasks() {
    for (int i = 0; i < TASKS_PER_TURN; i++) {
      Runnable task = mailbox.poll();
      if (task == null) {
        return false;
      }
      waiting.decrementAndGet();
      task.run();
    }
    return true;
  }

  private void runTimers() {
    long now = System.nanoTime();
    for (Timer next = timers.peek(); next != null && next.due - now <= 0; next = timers.peek()) {
      timers.poll().task.run();
    }
  }

  private void park() {
    Timer next = timers.peek();
    long pause =
        next == null
            ? LONGEST_PARK_NANOS
            : Math.min(LONGEST_PARK_NANOS, next.due - System.nanoTime());
    parked = true;
    // A task added before `parked` was seen wakes nobody: look once more.
    if (mailbox.isEmpty() && !closed && pause > 0) {
      LockSupport.parkNanos(this, pause);
    }
    parked = false;
  }

  private record Timer(long due, long order, Runnable task) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      int byDue = Long.signum(due - other.due);
      return byDue != 0 ? byDue : Long.compare(order, other.order);
    }
  }
}
