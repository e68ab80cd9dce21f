package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void nobodyIsHeldByADeadFrontend(int host) throws Exception {
    PATIENCE.await("all hosts serve", hosts::serving);
    String chatting = "chatting" + host;
    String idle = "idle" + host;
    try (Messenger here = connect(host);
        Messenger elsewhere = connect(next(host));
        Messenger third = connect(next(next(host)))) {
      here.login(chatting);
      here.login(idle);
      here.chat(chatting, ignored -> {});
      new Kill(Role.FRONTEND, host).inject(hosts);
      assertThat(elsewhere.login(chatting)).isEqualTo("Welcome Back " + chatting);
      assertThat(third.login(idle)).isEqualTo("Welcome Back " + idle);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void nobodyIsHeldByADeadHost(int host) throws Exception {
    PATIENCE.await("all hosts serve", hosts::serving);
    String user = "lost" + host;
    try (Messenger here = connect(host);
        Messenger elsewhere = connect(next(host))) {
      here.login(user);
      here.chat(user, ignored -> {});
      Injury injury = new HostLoss(host).inject(hosts);
      assertThat(elsewhere.login(user)).isEqualTo("Welcome Back " + user);
      injury.heal();
    }
  }

  private static int next(int host) {
    return host % Hosts.COUNT + 1;
  }

  private static Messenger connect(int host) throws Exception {
    return Messenger.connect(List.of(hosts.frontend(host)));
  }
}
