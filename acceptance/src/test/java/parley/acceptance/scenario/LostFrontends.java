package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.fault.HostLoss;
import parley.acceptance.lab.fault.Injury;
import parley.acceptance.lab.fault.Kill;
import parley.client.Messenger;

/** A user whose frontend died logs in through another host at once. */
interface LostFrontends extends Scenario {

  @Test
  default void nobodyIsHeldByADeadFrontend() throws Exception {
    try (Messenger here = connect(1);
        Messenger elsewhere = connect(2);
        Messenger third = connect(3)) {
      here.login("chatting");
      here.login("idle");
      here.chat("chatting", ignored -> {});
      inject(new Kill(Role.FRONTEND, 1));
      assertThat(elsewhere.login("chatting")).isEqualTo("Welcome Back chatting");
      assertThat(third.login("idle")).isEqualTo("Welcome Back idle");
    }
  }

  @Test
  default void nobodyIsHeldByADeadHostThatWasPrimary() throws Exception {
    int host = hosts().primary().orElseThrow();
    try (Messenger here = connect(host);
        Messenger elsewhere = connect(host % Hosts.COUNT + 1)) {
      here.login("lost");
      here.chat("lost", ignored -> {});
      Injury injury = inject(new HostLoss(host));
      assertThat(elsewhere.login("lost")).isEqualTo("Welcome Back lost");
      injury.heal();
    }
  }

  private Messenger connect(int host) throws Exception {
    return Messenger.connect(List.of(hosts().frontend(host)));
  }
}
