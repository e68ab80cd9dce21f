package parley.acceptance.bench;

import java.util.concurrent.TimeUnit;

/**
 * What was measured in one stretch of an experiment.
 *
 * @param posts how many were applied meanwhile at the primary
 * @param delaysNanos of the probes that were due meanwhile, ascending
 * @param primary the memory of the primary's timeline service
 * @param away the memory of the timeline service that is away at times; {@link Memory#NONE} then
 */
record Stage(
    String name,
    long startNanos,
    long endNanos,
    long posts,
    long[] delaysNanos,
    Memory primary,
    Memory away) {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final double MILLIS = TimeUnit.MILLISECONDS.toNanos(1);

  /** The most that was resident meanwhile, and what the heap had grown to at the end. */
  record Memory(long residentPeakKib, long heapKib) {
    static final Memory NONE = new Memory(0, 0);

    private String show() {
      return equals(NONE) ? "-" : residentPeakKib / 1024 + "/" + heapKib / 1024;
    }
  }

  Stage withDelays(long[] delays) {
    return new Stage(name, startNanos, endNanos, posts, delays, primary, away);
  }

  double seconds() {
    return (endNanos - startNanos) / NANOS;
  }

  double postsPerSecond() {
    return posts / seconds();
  }

  /** The delay in milliseconds that this share of the probes did not exceed. */
  double delayMillis(double share) {
    if (delaysNanos.length == 0) {
      return Double.NaN;
    }
    int at = (int) Math.ceil(share * delaysNanos.length) - 1;
    return delaysNanos[Math.max(0, at)] / MILLIS;
  }

  static String header() {
    return "| stage | s | posts/s | ratio | p50 ms | ratio | p99 ms | ratio | primary MiB |"
        + " replica MiB |\n|---|---|---|---|---|---|---|---|---|---|";
  }

  /** A row of a table, with ratios to a stage in which nothing was amiss. */
  String row(Stage base) {
    return "| %s | %.1f | %,.0f | %.2f | %.1f | %.2f | %.1f | %.2f | %s | %s |"
        .formatted(
            name,
            seconds(),
            postsPerSecond(),
            postsPerSecond() / base.postsPerSecond(),
            delayMillis(0.5),
            delayMillis(0.5) / base.delayMillis(0.5),
            delayMillis(0.99),
            delayMillis(0.99) / base.delayMillis(0.99),
            primary.show(),
            away.show());
  }
}
