package parley.acceptance.scenario;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.time.Duration;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Injury;

/** Tests of one promise, on hosts that they share with others: all serve before and after. */
interface Scenario {

  /** For what hosts do. */
  Patience PATIENCE = new Patience(Duration.ofSeconds(60)).lookingEvery(Duration.ofMillis(50));

  /** The hosts, all of which serve. */
  LocalCluster hosts();

  /** Does it where it can be done; else the test is left out and says why. */
  default Injury inject(Fault fault) throws IOException, InterruptedException {
    assumeThat(fault.obstacle(hosts())).as(fault.name()).isEmpty();
    return fault.inject(hosts());
  }
}
