package parley.acceptance.replay;

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
final class Progress implements AutoCloseable {

  private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final PrintStream out;
  private final boolean terminal;
  private final long startedAt = System.nanoTime();
  private ProgressBar bar;
  private long saidAt;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Says one thing. */
  synchronized void say(String format, Object... values) {
    double seconds = (System.nanoTime() - startedAt) / (double) TimeUnit.SECONDS.toNanos(1);
    out.printf("%s[%7.1f s] %s%n", bar == null ? "" : "\r", seconds, String.format(format, values));
  }

  /** Shows how far a long step is. */
  synchronized void show(String unit, long done, long all) {
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
        .setTaskName("Replay")
        .setUnit(" " + unit, 1)
        .setInitialMax(all)
        .setStyle(ProgressBarStyle.ASCII)
        .showSpeed()
        .setConsumer(new ConsoleProgressBarConsumer(out))
        .build();
  }

  /** Ends the long step. */
  synchronized void endShow() {
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
