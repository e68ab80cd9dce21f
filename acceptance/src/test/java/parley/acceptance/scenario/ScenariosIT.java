package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import parley.acceptance.lab.Census;
import parley.acceptance.lab.Equipment;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.InLaboratory;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Network;
import parley.acceptance.lab.RealHosts;
import parley.acceptance.lab.Role;

/**
 * All scenarios that can share three hosts, one after the other. Whatever happens in them, there
 * are never more than ten processes, nor two of a role on a host, and logs say it in lines.
 */
@InLaboratory
class ScenariosIT implements Cuts, WrongClocks, LostFrontends, LostHosts, Supervision, Sleepers {

  private static final Duration COUNT_EVERY = Duration.ofMillis(10);

  private static LocalCluster hosts;
  private Census census;

  @BeforeAll
  static void startHosts() throws Exception {
    Equipment clocks = Equipment.PLAIN.withClocks();
    hosts = LocalCluster.create(RealHosts.home(), Network.ofThisProcess(), clocks);
    hosts.start();
  }

  @AfterAll
  static void stopHosts() {
    hosts.close();
  }

  @BeforeEach
  void awaitPeace() {
    PATIENCE.await("all hosts serve", hosts::serving);
    census = new Census(hosts, COUNT_EVERY);
  }

  @AfterEach
  void endCensus() throws IOException {
    census.close();
    census.requireNoViolation();
  }

  // Nothing that happens to hosts here is beyond what a line can say to an operator.
  @AfterEach
  void noLogHasAStackTrace() throws IOException {
    for (int host = 1; host <= Hosts.COUNT; host++) {
      for (Role role : Role.values()) {
        assertThat(Files.readAllLines(hosts.log(role, host)))
            .as("log of the %s of host %d", role.label(), host)
            .noneMatch(line -> line.startsWith("\tat "));
      }
    }
  }

  @Override
  public LocalCluster hosts() {
    return hosts;
  }
}
