package parley.acceptance.scenario;

import java.time.Duration;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Patience;

/** Tests of one promise, on hosts that they share with others: all serve before and after. */
interface Scenario {

  /** For what hosts do. */
  Patience PATIENCE = new Patience(Duration.ofSeconds(60)).lookingEvery(Duration.ofMillis(50));

  /** The hosts, all of which serve. */
  LocalCluster hosts();
}
