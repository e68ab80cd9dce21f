package parley.acceptance.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import parley.acceptance.history.Model;
import parley.acceptance.history.Trace;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.Progress;
import parley.acceptance.lab.RealHosts;

/** The main job on the first lines of the trace, with real hosts and real kills. */
class ReplayIT {

  private static final int LINES = 5_000;
  private static final long COPIES_AHEAD_MAX = 20_000;

  @Test
  void nothingIsLostDoubledOrReorderedWhileThePrimaryAndAFrontendAreKilled() throws Exception {
    Model model = new Model(Trace.ofCollegeMessages().first(LINES));
    Patience patience = new Patience(Duration.ofSeconds(60));
    try (LocalCluster hosts = LocalCluster.create(RealHosts.home());
        Progress progress = new Progress(System.out, false, "Replay")) {
      boolean good = false;
      try {
        Outcome outcome = new Replay(hosts, model, patience, COPIES_AHEAD_MAX, progress).run();
        outcome.lines().forEach(System.out::println);
        assertThat(outcome.isGood()).as(String.join("\n", outcome.lines())).isTrue();
        good = true;
      } finally {
        if (!good) {
          System.out.println("Configuration, data and logs: " + hosts.keep());
        }
      }
    }
  }
}
