package parley.acceptance.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.Role;

class FaultTest {

  @Test
  void namesSayWhatHappensWhere() {
    assertThat(new Kill(Role.TIMELINE_SERVICE, 2).name())
        .isEqualTo("kill -9 of the timeline-service of host 2");
    assertThat(new ClockShift(1, Duration.ofHours(10)).name())
        .isEqualTo("clock of host 1 set forward by 10 h");
    assertThat(new ClockShift(1, Duration.ofHours(-10)).name())
        .isEqualTo("clock of host 1 set back by 10 h");
    assertThat(new PacketLoss(3, 0.25).name()).isEqualTo("25 % of the packets to host 3 lost");
    assertThat(new Together(new Unplugged(1), new OneWayCut(2, 3)).name())
        .isEqualTo("interface of host 1 down, and cut from host 2 to host 3");
  }

  @Test
  void onlyClientsOfDeadOrUnreachableFrontendsAreHit() {
    assertThat(new Kill(Role.COORDINATOR, 1).frontendsHit()).isEmpty();
    assertThat(new Hang(Role.TIMELINE_SERVICE, 1).frontendsHit()).isEmpty();
    assertThat(new Kill(Role.FRONTEND, 1).frontendsHit()).containsExactly(1);
    assertThat(new Cut(1, 2).frontendsHit()).isEmpty();
    assertThat(new PowerCut().frontendsHit()).isEqualTo(Set.of(1, 2, 3));
    assertThat(new Together(new HostLoss(1), new Unplugged(3)).frontendsHit())
        .isEqualTo(Set.of(1, 3));
  }
}
