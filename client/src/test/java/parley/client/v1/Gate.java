package parley.client.v1;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one thread on which a server works, and which can be stopped as SIGSTOP stops a process:
 * whatever comes waits.
 */
final class Gate implements Executor, AutoCloseable {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread worker = new Thread(task, "fake-parley");
            worker.setDaemon(true);
            return worker;
          });
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean stopped;
  private boolean closed;

  @Override
  public synchronized void execute(Runnable task) {
    if (stopped) {
      waiting.add(task);
    } else if (!closed) {
      thread.execute(task);
    }
  }

  synchronized void stop() {
    stopped = true;
  }

  /** Goes on, with all that has come meanwhile. */
  synchronized void goOn() {
    stopped = false;
    waiting.forEach(thread::execute);
    waiting.clear();
  }

  /** Drops whatever waits, as a process does that is killed. */
  synchronized void drop() {
    waiting.clear();
  }

  @Override
  public synchronized void close() {
    closed = true;
    stopped = false;
    waiting.clear();
    thread.shutdown();
  }
}
