package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.Census;
import parley.acceptance.lab.Equipment;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.InLaboratory;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Network;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.RealHosts;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.ScriptRun;
import parley.acceptance.lab.ServiceProcess;
import parley.acceptance.lab.fault.DiskFull;
import parley.acceptance.lab.fault.Injury;

/**
 * A full disk takes what needs it down, never the frontend, nor anybody's stream; what is started
 * again and again in vain serves as soon as there is room.
 */
@InLaboratory
class FullDiskIT {

  private static final int DISK_MEBIBYTES = 64;
  private static final Duration LONGER_THAN_SOME_RESTARTS = Duration.ofSeconds(8);
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(60)).lookingEvery(Duration.ofMillis(50));

  private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
  private static final Duration COUNT_EVERY = Duration.ofMillis(10);

  @Test
  void fullDiskOfThePrimaryHurtsNobody() throws Exception {
    Equipment disks = Equipment.PLAIN.withDisks(DISK_MEBIBYTES);
    try (LocalCluster hosts =
        LocalCluster.create(RealHosts.home(), Network.ofThisProcess(), disks)) {
      assumeThat(hosts.disks().obstacle()).isEmpty();
      hosts.start();
      PATIENCE.await("all hosts serve", hosts::serving);
      int host = hosts.primary().orElseThrow();
      ServiceProcess frontend = hosts.running(Role.FRONTEND, host);
      try (Census census = new Census(hosts, COUNT_EVERY);
          Conversation conversation = new Conversation(hosts, PATIENCE, 1, 2, 3)) {
        Injury injury = new DiskFull(host).inject(hosts);
        List<ServiceProcess> victims = injury.victims();
        PATIENCE.await(
            "what cannot write has ended",
            () -> {
              talk(conversation);
              return hosts.processes().stream().noneMatch(victims::contains);
            });
        List<ScriptRun> starts = List.of(hosts.beginStart(host), hosts.beginStart(host));
        long end = System.nanoTime() + LONGER_THAN_SOME_RESTARTS.toNanos();
        while (System.nanoTime() - end < 0) {
          talk(conversation);
        }
        assertThat(hosts.primary()).isPresent().get().isNotEqualTo(host);
        injury.heal();
        for (ScriptRun start : starts) {
          // Whether it succeeds depends on when there is room; if not, it says why.
          ScriptRun.Result result = start.await(START_TIMEOUT);
          assertThat(result.status() == 0 || result.errors().startsWith("parley: "))
              .as(result.toString())
              .isTrue();
        }
        PATIENCE.await("all hosts serve again", hosts::serving);
        PATIENCE.await("nothing is missing", hosts::level);
        conversation.endAndCheck();
        census.requireNoViolation();
      }
      assertThat(hosts.process(Role.FRONTEND, host)).contains(frontend);
      assertThat(hosts.processes()).hasSize(Role.values().length * Hosts.COUNT);
    }
  }

  private static void talk(Conversation conversation) throws Exception {
    conversation.say(1);
    conversation.awaitHeard();
  }
}
