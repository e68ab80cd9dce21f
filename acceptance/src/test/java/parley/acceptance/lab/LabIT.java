package parley.acceptance.lab;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.acceptance.scenario.RealHosts;

/**
 * What the laboratory is said to break is broken, and nothing else, and whole again when healed.
 */
@InLaboratory
class LabIT {

  private static LocalCluster hosts;

  @BeforeAll
  static void prepare() throws Exception {
    Equipment all = Equipment.PLAIN.withClocks().withDisks(64);
    hosts = LocalCluster.create(RealHosts.home(), Network.ofThisProcess(), all);
  }

  @AfterAll
  static void close() {
    hosts.close();
  }

  @Test
  void start() throws Exception {
    hosts.start();
    new Patience(Duration.ofSeconds(30)).await("all", hosts::serving);
    System.out.println(hosts.processes() + " " + hosts.primary() + " " + hosts.zooKeeperLeader());
  }
}
