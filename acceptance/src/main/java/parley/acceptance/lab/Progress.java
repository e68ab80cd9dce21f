package parley.acceptance.lab;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Tells the person who waits what is going on: a line for each step, and for the long one a bar on
 * a terminal, or a line every few seconds elsewhere. Any thread may call.
 */
public final class Progress implements AutoCloseable {

  private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final PrintStream out;
  private final boolean terminal;
  private final String task;
  private final long startedAt = System.nanoTime();
  private ProgressBar bar;
  private long saidAt;

  /**
   * @param terminal whether a bar can be shown
   * @param task what the bar is called
   */
  public Progress(PrintStream out, boolean terminal, String task) {
    this.out = out;
    this.terminal = terminal;
    this.task = task;
  }

  /** Says one thing. */
  public synchronized void say(String format, Object... values) {
    double seconds = (System.nanoTime() - startedAt) / (double) TimeUnit.SECONDS.toNanos(1);
    out.printf("%s[%7.1f s] %s%n", bar == null ? "" : "\r", seconds, String.format(format, values));
  }

  /** Shows how far a long step is. */
  public synchronized void show(String unit, long done, long all) {
    if (terminal) {
      if (bar == null) {
        bar = bar(unit, all);
      }
      bar.stepTo(done);
    } else if (System.nanoTime() - saidAt > LINE_EVERY_NANOS) {
      saidAt = System.nanoTime();
      say("%,d of %,d %s", done, all, unit);
    }
  }

  private ProgressBar bar(String unit, long all) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setUnit(" " + unit, 1)
        .setInitialMax(all)
        .setStyle(ProgressBarStyle.ASCII)
        .showSpeed()
        .setConsumer(new ConsoleProgressBarConsumer(out))
        .build();
  }

  /** Ends the long step. */
  public synchronized void endShow() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void close() {
    endShow();
  }
}
