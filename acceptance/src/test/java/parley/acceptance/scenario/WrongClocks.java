package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.ServiceProcess;
import parley.acceptance.lab.fault.ClockShift;
import parley.acceptance.lab.fault.Injury;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.lab.fault.PowerCut;

/** Whatever the clocks say: posts go on, nobody is taken for dead, and who is dead is replaced. */
interface WrongClocks extends Scenario {

  @Test
  default void clocksThatJumpDisturbNobody() throws Exception {
    int primary = hosts().primary().orElseThrow();
    List<ServiceProcess> before = hosts().processes();
    try (Conversation conversation = new Conversation(hosts(), PATIENCE, 1, 2, 3)) {
      for (int hours : List.of(10, -10)) {
        List<Injury> injuries = new ArrayList<>();
        for (int host = 1; host <= Hosts.COUNT; host++) {
          injuries.add(inject(new ClockShift(host, Duration.ofHours(hours))));
          talk(conversation);
        }
        for (Injury injury : injuries) {
          injury.heal();
          talk(conversation);
        }
      }
      conversation.endAndCheck();
    }
    assertThat(hosts().processes()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(hosts().primary()).contains(primary);
  }

  private static void talk(Conversation conversation) throws Exception {
    for (int i = 0; i < 5; i++) {
      conversation.say(1);
      conversation.awaitHeard();
    }
  }

  @Test
  default void primaryDiesWhileItsClockIsBack() throws Exception {
    int primary = hosts().primary().orElseThrow();
    Injury injury = inject(new ClockShift(primary, Duration.ofHours(-10)));
    try (Conversation conversation = new Conversation(hosts(), PATIENCE, 1, 2, 3)) {
      Injury death = inject(new Kill(Role.TIMELINE_SERVICE, primary));
      conversation.say(1);
      conversation.awaitHeard();
      PATIENCE.await(
          "another is in its place",
          () -> !hosts().processes().containsAll(death.victims()) && hosts().serving());
      conversation.endAndCheck();
    }
    injury.heal();
  }

  @Test
  default void hostsThatStartWithWrongClocksServeAndAgree() throws Exception {
    List<Injury> wrong =
        List.of(
            inject(new ClockShift(1, Duration.ofHours(10))),
            inject(new ClockShift(2, Duration.ofHours(-10))));
    Injury powerCut = inject(new PowerCut());
    powerCut.heal();
    PATIENCE.await("all hosts serve, whatever their clocks say", hosts()::serving);
    try (Conversation conversation = new Conversation(hosts(), PATIENCE, 1, 2, 3)) {
      talk(conversation);
      inject(new Kill(Role.TIMELINE_SERVICE, hosts().primary().orElseThrow()));
      talk(conversation);
      for (Injury clock : wrong) {
        clock.heal();
        talk(conversation);
      }
      conversation.endAndCheck();
    }
    PATIENCE.await("all hosts serve again", hosts()::serving);
    PATIENCE.await("all replicas have applied the same", hosts()::level);
  }
}
