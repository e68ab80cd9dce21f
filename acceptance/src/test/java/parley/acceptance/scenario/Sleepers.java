package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.ServiceProcess;
import parley.acceptance.lab.fault.Injury;
import parley.acceptance.lab.fault.Nap;

/** A process that stops and goes on as if nothing had happened does no harm with what it knew. */
interface Sleepers extends Scenario {

  @Test
  default void primaryThatWakesUpFindsItsSuccessorAndFollows() throws Exception {
    int host = hosts().primary().orElseThrow();
    ServiceProcess sleeper = hosts().running(Role.TIMELINE_SERVICE, host);
    try (Conversation conversation = new Conversation(hosts(), PATIENCE, 1, 2, 3)) {
      conversation.say(20); // Some of it on its way when the primary stops.
      Injury sleep = inject(new Nap(Role.TIMELINE_SERVICE, host));
      conversation.say(20);
      PATIENCE.await(
          "another one is primary",
          () -> hosts().primary().filter(other -> other != host).isPresent());
      sleep.heal();
      conversation.say(20);
      conversation.endAndCheck();
    }
    PATIENCE.await("all hosts have applied the same", hosts()::level);
    assertThat(hosts().processes()).as("it was woken in time").contains(sleeper);
  }

  @Test
  default void standbyThatWakesUpCatchesUp() throws Exception {
    int host = hosts().primary().orElseThrow() == 1 ? 2 : 1;
    ServiceProcess sleeper = hosts().running(Role.TIMELINE_SERVICE, host);
    try (Conversation conversation = new Conversation(hosts(), PATIENCE, 1, 2, 3)) {
      Injury sleep = inject(new Nap(Role.TIMELINE_SERVICE, host));
      for (int part : List.of(1, 100, 1)) {
        conversation.say(part);
        conversation.awaitHeard();
      }
      sleep.heal();
      conversation.endAndCheck();
    }
    PATIENCE.await("all hosts have applied the same", hosts()::level);
    assertThat(hosts().processes()).as("it was woken in time").contains(sleeper);
  }
}
