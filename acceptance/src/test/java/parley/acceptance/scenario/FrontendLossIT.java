package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
import parley.acceptance.lab.fault.HostLoss;
import parley.acceptance.lab.fault.Injury;
import parley.acceptance.lab.fault.Kill;
import parley.client.Messenger;

/** A user whose frontend died logs in through another host at once. */
@InLaboratory
class FrontendLossIT {

  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(60)).lookingEvery(Duration.ofMillis(50));

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
  void nobodyIsHeldByADeadFrontend() throws Exception {
    try (Messenger here = connect(1);
        Messenger elsewhere = connect(2);
        Messenger third = connect(3)) {
      here.login("chatting");
      here.login("idle");
      here.chat("chatting", ignored -> {});
      new Kill(Role.FRONTEND, 1).inject(hosts);
      assertThat(elsewhere.login("chatting")).isEqualTo("Welcome Back chatting");
      assertThat(third.login("idle")).isEqualTo("Welcome Back idle");
    }
  }

  @Test
  void nobodyIsHeldByADeadHostThatWasPrimary() throws Exception {
    int host = hosts.primary().orElseThrow();
    try (Messenger here = connect(host);
        Messenger elsewhere = connect(host % Hosts.COUNT + 1)) {
      here.login("lost");
      here.chat("lost", ignored -> {});
      Injury injury = new HostLoss(host).inject(hosts);
      assertThat(elsewhere.login("lost")).isEqualTo("Welcome Back lost");
      injury.heal();
    }
  }

  private static Messenger connect(int host) throws Exception {
    return Messenger.connect(List.of(hosts.frontend(host)));
  }
}
