package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.ScriptRun;
import parley.acceptance.lab.ServiceProcess;
import parley.acceptance.lab.fault.Hang;
import parley.acceptance.lab.fault.Injury;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.lab.fault.Together;

/** Whoever heals a host, and however many at once: no process ever runs twice. */
interface Supervision extends Scenario {

  Duration SCRIPT_TIMEOUT = Duration.ofSeconds(120);

  @Test
  default void coordinatorThatWasStoppedHealsWhenItGoesOn() throws Exception {
    ServiceProcess coordinator = hosts().running(Role.COORDINATOR, 1);
    Injury injury = inject(new Hang(Role.COORDINATOR, 1));
    List<ServiceProcess> victims = inject(new Kill(Role.FRONTEND, 1)).victims();
    PATIENCE.await("it is gone", () -> !hosts().processes().containsAll(victims));
    injury.heal();
    awaitReplaced(victims);
    assertThat(hosts().process(Role.COORDINATOR, 1)).isEqualTo(Optional.of(coordinator));
  }

  @Test
  default void hungCoordinatorIsReplacedByTheFrontendWhereNobodyElseIsLeft() throws Exception {
    Injury hang = inject(new Hang(Role.COORDINATOR, 2));
    Injury kill = inject(new Kill(Role.TIMELINE_SERVICE, 2));
    PATIENCE.await(
        "the coordinator is killed", () -> !hosts().processes().containsAll(hang.victims()));
    hang.heal();
    awaitReplaced(hang.victims());
    awaitReplaced(kill.victims());
  }

  @ParameterizedTest
  @CsvSource({
    "COORDINATOR, TIMELINE_SERVICE",
    "COORDINATOR, FRONTEND",
    "TIMELINE_SERVICE, FRONTEND"
  })
  default void twoProcessesOfThePrimarysHostThatDieTogetherComeBackAndOthersGoOn(
      Role one, Role other) throws Exception {
    int host = hosts().primary().orElseThrow();
    int[] others = IntStream.rangeClosed(1, Hosts.COUNT).filter(each -> each != host).toArray();
    try (Conversation conversation = new Conversation(hosts(), PATIENCE, others)) {
      Together both = new Together(new Kill(one, host), new Kill(other, host));
      awaitReplaced(inject(both).victims(), conversation);
      conversation.endAndCheck();
    }
  }

  @Test
  default void startScriptsDuringARepairStartNothingTwice() throws Exception {
    Together both = new Together(new Kill(Role.COORDINATOR, 3), new Kill(Role.TIMELINE_SERVICE, 3));
    List<ServiceProcess> victims = inject(both).victims();
    awaitScripts(beginStarts(3));
    awaitReplaced(victims);
  }

  @Test
  default void startScriptsWhileTheCoordinatorHangsStartNothingTwice() throws Exception {
    Injury hang = inject(new Hang(Role.COORDINATOR, 1));
    List<ServiceProcess> victims = inject(new Kill(Role.TIMELINE_SERVICE, 1)).victims();
    List<ScriptRun> starts = beginStarts(1);
    PATIENCE.await(
        "somebody has started the victim's successor",
        () ->
            hosts()
                .process(Role.TIMELINE_SERVICE, 1)
                .filter(one -> !victims.contains(one))
                .isPresent());
    hang.heal();
    awaitScripts(starts);
    awaitReplaced(victims);
  }

  private List<ScriptRun> beginStarts(int host) throws IOException {
    return List.of(hosts().beginStart(host), hosts().beginStart(host));
  }

  private void awaitScripts(List<ScriptRun> scripts) throws Exception {
    for (ScriptRun script : scripts) {
      script.await(SCRIPT_TIMEOUT).orThrow();
    }
  }

  private void awaitReplaced(List<ServiceProcess> victims, Conversation meanwhile) {
    PATIENCE.await(
        "others serve in place of " + victims,
        () -> {
          meanwhile.say(1);
          meanwhile.awaitHeard();
          return isReplaced(victims);
        });
  }

  private void awaitReplaced(List<ServiceProcess> victims) {
    PATIENCE.await("others serve in place of " + victims, () -> isReplaced(victims));
  }

  private boolean isReplaced(List<ServiceProcess> victims) throws InterruptedException {
    return hosts().processes().stream().noneMatch(victims::contains) && hosts().serving();
  }
}
