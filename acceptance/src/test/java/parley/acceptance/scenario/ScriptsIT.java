package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.RealHosts;
import parley.acceptance.lab.ScriptRun;
import parley.acceptance.lab.ServiceProcess;

/** The start and stop scripts do what they say, and say in one line what is wrong. */
class ScriptsIT {

  private static final String START = "start_zk_and_services.sh";
  private static final String STOP = "stop_zk_and_services.sh";
  private static final int USAGE = 2;
  private static final Duration SCRIPT_TIMEOUT = Duration.ofSeconds(120);
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(60)).lookingEvery(Duration.ofMillis(100));

  private LocalCluster hosts;

  @BeforeEach
  void prepare() throws Exception {
    hosts = LocalCluster.create(RealHosts.home());
  }

  @AfterEach
  void cleanUp() {
    hosts.close();
  }

  @Test
  void hostsStartOneByOneAndStopOneByOne() throws Exception {
    hosts.start(1).orThrow();
    List<ServiceProcess> alone = hosts.processes();
    assertThat(alone).hasSize(3).allMatch(process -> process.host() == 1);
    StatusReport withoutMajority = StatusReport.ask(hosts);
    assertThat(withoutMajority.exitStatus()).isEqualTo(1);
    assertThat(withoutMajority.primary()).isEmpty();
    assertThat(withoutMajority.reachable()).containsExactly(1);
    hosts.start(2).orThrow();
    hosts.start(3).orThrow();
    PATIENCE.await("all hosts serve", hosts::serving);
    List<ServiceProcess> all = hosts.processes();
    assertThat(all).hasSize(9).containsAll(alone);

    hosts.start(2).orThrow();
    assertThat(hosts.processes())
        .as("starting twice starts nothing")
        .containsExactlyInAnyOrderElementsOf(all);

    hosts.stop(2).orThrow();
    assertThat(hosts.processes())
        .as("stopping host 2 ends exactly its processes")
        .containsExactlyInAnyOrderElementsOf(
            all.stream().filter(process -> process.host() != 2).toList());
    PATIENCE.await("another is primary", () -> hosts.primary().isPresent());
    StatusReport withoutOne = StatusReport.ask(hosts);
    assertThat(withoutOne.exitStatus()).isZero();
    assertThat(withoutOne.primary()).isEqualTo(hosts.primary());
    assertThat(withoutOne.reachable()).containsExactly(1, 3);
    hosts.stop(2).orThrow();

    hosts.start(2).orThrow();
    PATIENCE.await("all hosts serve again", hosts::serving);
    hosts.stop();
    assertThat(hosts.processes()).isEmpty();
  }

  @Test
  void unknownOptionIsOneLine() throws Exception {
    for (String script : List.of(START, STOP)) {
      assertOneLine(run(script, "--nonsense", "1"), USAGE, "--nonsense");
    }
  }

  @Test
  void missingValueIsOneLine() throws Exception {
    for (String script : List.of(START, STOP)) {
      assertOneLine(run(script, "--host"), USAGE, "--host");
    }
  }

  @Test
  void unknownHostIsOneLine() throws Exception {
    assertOneLine(hosts.start(9), USAGE, "9");
    assertThat(hosts.processes()).isEmpty();
  }

  @Test
  void missingConfigurationIsOneLine() throws Exception {
    Path nowhere = hosts.conf().resolveSibling("nowhere");
    assertOneLine(
        run(START, "--conf", nowhere.toString(), "--host", "1", "--data", hosts.data(1).toString()),
        USAGE,
        nowhere.toString());
  }

  @Test
  void unknownSettingIsOneLine() throws Exception {
    Files.writeString(hosts.conf().resolve("parley.conf"), "colour=blue\n");
    assertOneLine(hosts.start(1), USAGE, "colour");
    assertThat(hosts.processes()).isEmpty();
  }

  @Test
  void badSettingIsOneLine() throws Exception {
    Files.writeString(hosts.conf().resolve("parley.conf"), "frontend.port=many\n");
    assertOneLine(hosts.start(1), USAGE, "frontend.port");
  }

  @Test
  void portInUseIsOneLine() throws Exception {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(hosts.address(1), 3055));
      ScriptRun.Result result = hosts.start(1);
      assertThat(result.status()).isNotZero();
      assertThat(result.errors()).contains("3055").hasLineCount(1);
    }
    assertThat(hosts.processes()).as("nothing is left half-started").isEmpty();
  }

  private ScriptRun.Result run(String script, String... arguments)
      throws IOException, InterruptedException {
    return hosts.script(script, arguments).await(SCRIPT_TIMEOUT);
  }

  private static void assertOneLine(ScriptRun.Result result, int status, String named) {
    assertThat(result.status()).as(result.toString()).isEqualTo(status);
    assertThat(result.errors()).startsWith("parley: ").contains(named).hasLineCount(1);
  }
}
