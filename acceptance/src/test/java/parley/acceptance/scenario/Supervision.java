package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    "COORDINATOR, TIMELINE_SERVICE, 1",
    "COORDINATOR, FRONTEND, 2",
    "TIMELINE_SERVICE, FRONTEND, 3"
  })
  default void twoProcessesThatDieTogetherComeBack(Role one, Role other, int host)
      throws Exception {
    Together both = new Together(new Kill(one, host), new Kill(other, host));
    awaitReplaced(inject(both).victims());
  }

  @Test
  default void startScriptsDuringARepairStartNothingTwice() throws Exception {
    Together both = new Together(new Kill(Role.COORDINATOR, 3), new Kill(Role.TIMELINE_SERVICE, 3));
    List<ServiceProcess> victims = inject(both).victims();
    ScriptRun first = hosts().beginStart(3);
    ScriptRun second = hosts().beginStart(3);
    awaitReplaced(victims);
    first.await(SCRIPT_TIMEOUT).orThrow();
    second.await(SCRIPT_TIMEOUT).orThrow();
  }

  private void awaitReplaced(List<ServiceProcess> victims) {
    PATIENCE.await(
        "others serve in place of " + victims,
        () -> hosts().processes().stream().noneMatch(victims::contains) && hosts().serving());
  }
}
