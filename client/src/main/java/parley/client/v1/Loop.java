package parley.client.v1;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.client.base.DaemonThreads;

/**
 * The one thread, {@code parley-client}, that owns whatever changes in a client: everything comes
 * here as a task, gRPC's answers too. Any thread may call; nothing here blocks.
 */
final class Loop implements Executor {
  private static final Logger log = LoggerFactory.getLogger(Loop.class);

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, task -> DaemonThreads.named("parley-client", task));

  Loop() {
    thread.setRemoveOnCancelPolicy(true);
  }

  /**
   * Runs a task soon; not at all if the loop has been closed, when nobody waits for it any more.
   */
  @Override
  public void execute(Runnable task) {
    maybeExecute(task);
  }

  /** Runs a task soon; false if the loop has been closed. */
  boolean maybeExecute(Runnable task) {
    try {
      thread.execute(() -> guarded(task));
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  /** Runs a task after a while; not at all if the loop is closed before. */
  Future<?> schedule(long ms, Runnable task) {
    try {
      return thread.schedule(() -> guarded(task), ms, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** For a library that wants one. */
  ScheduledExecutorService timer() {
    return thread;
  }

  /** Ends the thread after the tasks that it was handed by now. */
  void close() {
    thread.shutdown();
  }

  // A task that fails must not end in silence, nor the others with it.
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("A task of the client has failed", e);
    }
  }
}
