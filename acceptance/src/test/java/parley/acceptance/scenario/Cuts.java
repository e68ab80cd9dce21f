package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.fault.Cut;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Injury;
import parley.acceptance.lab.fault.Together;
import parley.acceptance.lab.fault.Unplugged;

/** Who can still be reached by somebody takes posts and delivers them, and no stream breaks. */
interface Cuts extends Scenario {

  Duration LONGER_THAN_ANY_TIMEOUT = Duration.ofSeconds(5);
  Duration BLINK = Duration.ofSeconds(1);

  @Test
  default void cutBetweenPrimaryAndStandbyHurtsNobody() throws Exception {
    int primary = hosts().primary().orElseThrow();
    hurtsNobody(new Cut(primary, next(primary)));
  }

  @Test
  default void cutBetweenTheStandbysHurtsNobody() throws Exception {
    int primary = hosts().primary().orElseThrow();
    hurtsNobody(new Cut(next(primary), next(next(primary))));
  }

  @Test
  default void interfaceThatIsDownForASecondBreaksNoStream() throws Exception {
    int primary = hosts().primary().orElseThrow();
    for (int host : List.of(primary, next(primary))) {
      try (Conversation conversation = new Conversation(hosts(), PATIENCE, 1, 2, 3)) {
        Injury injury = inject(new Unplugged(host));
        long end = System.nanoTime() + BLINK.toNanos();
        while (System.nanoTime() - end < 0) {
          conversation.say(1);
          LockSupport.parkNanos(BLINK.toNanos() / 50);
        }
        injury.heal();
        conversation.endAndCheck();
      }
    }
  }

  private void hurtsNobody(Fault fault) throws Exception {
    try (Conversation conversation = new Conversation(hosts(), PATIENCE, 1, 2, 3)) {
      Injury injury = inject(fault);
      long end = System.nanoTime() + LONGER_THAN_ANY_TIMEOUT.toNanos();
      while (System.nanoTime() - end < 0) {
        conversation.say(1);
        conversation.awaitHeard();
      }
      injury.heal();
      conversation.endAndCheck();
    }
  }

  @Test
  default void whatAFrontendTookWhileItsHostWasCutOffIsDeliveredAfterwards() throws Exception {
    int host = hosts().primary().orElseThrow();
    try (Conversation conversation = new Conversation(hosts(), PATIENCE, 1, 2, 3)) {
      Injury injury =
          inject(new Together(new Cut(host, next(host)), new Cut(host, next(next(host)))));
      conversation.say(50);
      PATIENCE.await(
          "the others go on", () -> hosts().primary().filter(other -> other != host).isPresent());
      assertThat(conversation.allIsHeard()).isFalse();
      injury.heal();
      conversation.endAndCheck();
    }
  }

  private int next(int host) {
    return host % Hosts.COUNT + 1;
  }
}
