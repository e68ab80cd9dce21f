package parley.client.cli;

import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar for the person who waits; nothing where standard error is no terminal. Thread-safe. */
final class Progress implements AutoCloseable {

  private static final int WIDTH = 79;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Optional<ProgressBar> bar;

  private Progress(Optional<ProgressBar> bar) {
    this.bar = bar;
  }

  /** One that ends at {@code max}, if anybody sees it. */
  static Progress of(String task, long max) {
    return new Progress(isSeen() ? Optional.of(bar(task, max)) : Optional.empty());
  }

  static boolean isSeen() {
    return Terminals.isErr();
  }

  private static ProgressBar bar(String task, long max) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setUnit("", 1)
        .setInitialMax(max)
        .setStyle(ProgressBarStyle.ASCII)
        .showSpeed()
        // Asking a terminal for its width would take Ctrl-C away from us.
        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
        .build();
  }

  void stepTo(long done) {
    bar.ifPresent(shown -> shown.stepTo(done));
  }

  /**
   * A line as it is to be printed to standard error: in the place of the bar, which comes again.
   */
  String above(String line) {
    return bar.isPresent() ? CLEAR_LINE + line : line;
  }

  /** Leaves the bar as it is and goes to the next line. */
  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
