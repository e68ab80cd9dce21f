package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.Equipment;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.InLaboratory;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Network;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.RealHosts;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.fault.DiskLoss;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Injury;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.lab.fault.PowerCut;
import parley.acceptance.lab.fault.Together;
import parley.client.Chat;
import parley.client.Messenger;

/** What was acknowledged is there again, once and in order, whatever was lost with hosts. */
@InLaboratory
class HostLossIT {

  private static final int POSTS = 50;
  private static final String WRITER = "writer";
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(60)).lookingEvery(Duration.ofMillis(50));

  private static final List<String> ACKNOWLEDGED = new ArrayList<>();
  private static LocalCluster hosts;

  @BeforeAll
  static void startHosts() throws Exception {
    hosts = LocalCluster.create(RealHosts.home(), Network.ofThisProcess(), Equipment.PLAIN);
    hosts.start();
  }

  @AfterAll
  static void stopHosts() {
    hosts.close();
  }

  @BeforeEach
  void awaitPeace() {
    PATIENCE.await("all hosts serve", hosts::serving);
  }

  @Test
  void powerCutOfAllHostsLosesNothing() throws Exception {
    losesNothing(new PowerCut());
  }

  @Test
  void primaryAndZooKeeperLeaderKilledInTheSameMomentLoseNothing() throws Exception {
    losesNothing(
        new Together(
            new Kill(Role.TIMELINE_SERVICE, hosts.primary().orElseThrow()),
            new Kill(Role.COORDINATOR, hosts.zooKeeperLeader().orElseThrow())));
  }

  @Test
  void hostWithAnEmptyDiskGetsEverythingBack() throws Exception {
    losesNothing(new DiskLoss(hosts.primary().orElseThrow()));
  }

  private static void losesNothing(Fault fault) throws Exception {
    post();
    Injury injury = fault.inject(hosts);
    injury.heal();
    PATIENCE.await("others are in the victims' place", () -> !anyRuns(injury));
    PATIENCE.await("all hosts serve again", hosts::serving);
    post();
    PATIENCE.await("all replicas have applied the same", hosts::level);
    for (int host = 1; host <= Hosts.COUNT; host++) {
      assertThat(hosts.storedPosts(host))
          .as("what host %d has", host)
          .extracting(Hosts.StoredPost::text)
          .containsExactlyElementsOf(ACKNOWLEDGED);
    }
  }

  private static boolean anyRuns(Injury injury) {
    return hosts.processes().stream().anyMatch(injury.victims()::contains);
  }

  private static void post() throws Exception {
    try (Messenger messenger = Messenger.connect(List.of(hosts.frontend(1)))) {
      messenger.login(WRITER);
      Chat chat = messenger.chat(WRITER, ignored -> {});
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < POSTS; i++) {
        texts.add("post " + (ACKNOWLEDGED.size() + i));
        chat.post(texts.get(i));
      }
      chat.leave();
      ACKNOWLEDGED.addAll(texts);
    }
  }
}
