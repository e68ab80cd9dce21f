package parley.client.cli;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import parley.client.traffic.Latencies;
import parley.client.traffic.TrafficReport;

/** Writes what has come of made-up traffic, with histograms, for people. */
final class TrafficText {

  private static final int BAR_WIDTH = 40;
  private static final String LINE = System.lineSeparator();

  private TrafficText() {}

  static String of(TrafficReport report) {
    double seconds = report.took().toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "%d posts and %d deliveries in %.1f s: %.0f posts/s, %.0f deliveries/s",
            report.posts(),
            report.deliveries(),
            seconds,
            report.posts() / seconds,
            report.deliveries() / seconds));
    append(text, "From when a post was due until it was safe", report.commit());
    append(text, "From when a post was due until a follower had it", report.delivery());
    text.append(LINE).append(LINE).append(verdict(report));
    report.faults().forEach(fault -> text.append(LINE).append("  ").append(fault));
    return text.toString();
  }

  private static void append(StringBuilder text, String what, Latencies latencies) {
    if (latencies.count() == 0) {
      return;
    }
    text.append(LINE).append(LINE);
    text.append(
        format(
            "%s: p50 %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f, longest %.1f ms",
            what,
            latencies.percentileMs(50),
            latencies.percentileMs(90),
            latencies.percentileMs(99),
            latencies.percentileMs(99.9),
            latencies.percentileMs(100)));
    long most = latencies.bars().stream().mapToLong(Latencies.Bar::count).max().orElse(0);
    for (Latencies.Bar bar : latencies.bars()) {
      int width = (int) Math.ceil((double) BAR_WIDTH * bar.count() / most);
      text.append(LINE)
          .append(
              format("  < %8s ms %10d  %s", bound(bar), bar.count(), "#".repeat(width))
                  .stripTrailing());
    }
  }

  private static String bound(Latencies.Bar bar) {
    return bar.belowMs() < 1 ? format("%.3f", bar.belowMs()) : format("%.0f", bar.belowMs());
  }

  private static String verdict(TrafficReport report) {
    return report.isSound()
        ? "Every post was made and delivered exactly once and in order."
        : report.faultCount() + " times it was not exactly once and in order:";
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
