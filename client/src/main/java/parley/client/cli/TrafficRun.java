package parley.client.cli;

import java.io.PrintWriter;
import java.util.concurrent.ThreadLocalRandom;
import parley.client.traffic.Traffic;
import parley.client.traffic.TrafficPlan;
import parley.client.traffic.TrafficReport;
import parley.client.v1.ParleyClient;
import parley.client.v1.ParleyException;

/** What load and replay have in common: a plan is carried out, with a bar, and reported. */
final class TrafficRun {

  private final ClusterOption cluster;
  private final PrintWriter out;
  private final PrintWriter err;

  TrafficRun(ClusterOption cluster, PrintWriter out, PrintWriter err) {
    this.cluster = cluster;
    this.out = out;
    this.err = err;
  }

  /** Answers the exit status: whether everything came to be exactly once and in order. */
  int carryOut(String task, TrafficPlan plan, boolean json)
      throws InterruptedException, ParleyException {
    String run = task + "-" + Integer.toHexString(ThreadLocalRandom.current().nextInt());
    TrafficReport report;
    try (Progress progress = Progress.of(task, plan.posts() + plan.deliveries());
        ParleyClient client =
            cluster.connect(
                new ConnectionNews(news -> err.println(progress.above("parley: " + news))));
        Traffic traffic = new Traffic(client, plan, run, cluster.timeout(), progress::stepTo)) {
      traffic.prepare();
      report = traffic.run();
    }
    out.println(json ? TrafficJson.of(report) : TrafficText.of(report));
    return report.isSound() ? ExitCode.OK : ExitCode.FAILURE;
  }
}
