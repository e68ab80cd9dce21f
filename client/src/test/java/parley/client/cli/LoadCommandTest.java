package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.client.v1.FakeCluster;
import parley.client.v1.FakeParley;

class LoadCommandTest {

  private final FakeCluster cluster = new FakeCluster();
  private final FakeParley frontend = new FakeParley(cluster);
  private final FakeParley other = new FakeParley(cluster);
  private final String servers = frontend.address() + "," + other.address();

  @AfterEach
  void stop() {
    frontend.close();
    other.close();
  }

  @Test
  void reportsLatenciesOfAllPostsAndDeliveries() {
    CommandRun run =
        CommandRun.of(
            "load",
            "--writers",
            "2",
            "--followers",
            "3",
            "--rate",
            "100",
            "--seconds",
            "1",
            "--server",
            servers);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("100 posts and 300 deliveries", "p99.9", "####", "exactly once and in order.");
    assertThat(cluster.texts("load-writer-1")).hasSize(50);
  }

  @Test
  void everythingIsDeliveredAlthoughTheFrontendDies() throws Exception {
    CommandRun run =
        CommandRun.start(
            "load",
            "--writers",
            "2",
            "--followers",
            "2",
            "--rate",
            "200",
            "--seconds",
            "2",
            "--json",
            "--server",
            servers);
    CommandRun.soon()
        .until(
            () ->
                cluster.users().contains("load-writer-1")
                    && cluster.texts("load-writer-1").size() > 20);
    FakeParley used = frontend.calls().contains("WatchHomeTimeline") ? frontend : other;
    used.kill();
    assertThat(run.exitCode()).isZero();
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertThat(report.path("posts").asInt()).isEqualTo(400);
    assertThat(report.path("deliveries").asInt()).isEqualTo(800);
    assertThat(report.path("faultCount").asInt(-1)).isZero();
    assertThat(report.path("commitMs").path("max").asDouble()).isPositive();
    assertThat(run.err()).contains("reconnected to ");
  }

  @Test
  void ctrlCEndsItWithoutAReport() throws Exception {
    CommandRun run = CommandRun.start("load", "--seconds", "1000", "--server", servers);
    CommandRun.soon()
        .until(
            () ->
                cluster.users().contains("load-writer-1")
                    && !cluster.texts("load-writer-1").isEmpty());
    run.pressCtrlC();
    assertThat(run.exitCode()).isEqualTo(130);
    assertThat(run.out()).isEmpty();
  }
}
