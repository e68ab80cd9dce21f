package parley.client.cli;

import java.util.List;
import java.util.concurrent.TimeUnit;
import parley.client.traffic.Latencies;
import parley.client.traffic.TrafficReport;

/** Writes what has come of made-up traffic as one JSON object. */
final class TrafficJson {

  private record Report(
      long posts,
      long deliveries,
      double seconds,
      double postsPerSecond,
      double deliveriesPerSecond,
      Percentiles commitMs,
      Percentiles deliveryMs,
      long faultCount,
      List<String> faults) {}

  private record Percentiles(double p50, double p90, double p99, double p999, double max) {

    static Percentiles of(Latencies latencies) {
      return new Percentiles(
          latencies.percentileMs(50),
          latencies.percentileMs(90),
          latencies.percentileMs(99),
          latencies.percentileMs(99.9),
          latencies.percentileMs(100));
    }
  }

  private TrafficJson() {}

  static String of(TrafficReport report) {
    double seconds = report.took().toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
    return Json.of(
        new Report(
            report.posts(),
            report.deliveries(),
            seconds,
            report.posts() / seconds,
            report.deliveries() / seconds,
            Percentiles.of(report.commit()),
            Percentiles.of(report.delivery()),
            report.faultCount(),
            report.faults()));
  }
}
