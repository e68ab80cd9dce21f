package parley.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.Equipment;
import parley.acceptance.lab.InLaboratory;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Network;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.Progress;
import parley.acceptance.lab.RealHosts;

/** A short campaign: whatever the seed does, users lose nothing and see one order. */
@InLaboratory
class ChaosIT {

  private static final Duration TIME = Duration.ofSeconds(60);
  private static final OptionalInt SPARED = OptionalInt.of(2);

  @Test
  void usersLoseNothingAndSeeOneOrder() throws Exception {
    Patience patience = new Patience(Duration.ofSeconds(120)).lookingEvery(Duration.ofMillis(100));
    long seed = new Random().nextInt(1_000_000);
    Path history = Files.createTempFile("parley-history-", ".gz");
    try (LocalCluster hosts =
            LocalCluster.create(RealHosts.home(), Network.ofThisProcess(), Equipment.PLAIN);
        Progress progress = new Progress(System.out, false, "Chaos")) {
      boolean good = false;
      try {
        hosts.start();
        patience.await("all hosts serve", hosts::serving);
        progress.say("seed %d", seed);
        Campaign.Outcome outcome =
            new Campaign(hosts, seed, SPARED, history, patience, progress).run(TIME);
        good = outcome.isGood();
        assertThat(good).as("seed %d: %s", seed, String.join("\n", outcome.lines())).isTrue();
        assertThat(outcome.faults()).isPositive();
      } finally {
        if (good) {
          Files.delete(history);
        } else {
          System.out.println("Seed " + seed + ", history " + history + ", logs " + hosts.keep());
        }
      }
    }
  }
}
