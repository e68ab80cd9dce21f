package parley.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Hang;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.lab.fault.Nap;
import parley.acceptance.lab.fault.OfProcess;

/** Every fault is tried in every part. */
class MatrixTest {

  private static final int PRIMARY = 1;
  private static final int ZOOKEEPER_LEADER = 2;
  private static final int STANDBY = 3;
  private static final Situation SITUATION = new Situation(PRIMARY, ZOOKEEPER_LEADER, Set.of());

  // A process and whether clients see its host's frontend.
  private record Victim(Role role, int host, boolean hasClients) {}

  @ParameterizedTest
  @ValueSource(classes = {Kill.class, Hang.class, Nap.class})
  void everyKindOfProcessIsHit(Class<? extends OfProcess> kind) {
    List<Victim> victims =
        played()
            .filter(cell -> kind.isInstance(fault(cell)))
            .map(
                cell -> {
                  OfProcess fault = (OfProcess) fault(cell);
                  boolean hasClients = cell.setting().clientsAt().contains(fault.host());
                  return new Victim(fault.role(), fault.host(), hasClients);
                })
            .toList();
    assertThat(victims)
        .contains(
            new Victim(Role.TIMELINE_SERVICE, PRIMARY, true),
            new Victim(Role.TIMELINE_SERVICE, STANDBY, true),
            new Victim(Role.COORDINATOR, ZOOKEEPER_LEADER, true),
            new Victim(Role.COORDINATOR, STANDBY, true),
            new Victim(Role.FRONTEND, STANDBY, true))
        .anyMatch(victim -> victim.role() == Role.FRONTEND && !victim.hasClients());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unplug-.*",
        "return-(?!isolated).*",
        "isolate-.*",
        "loss-.*",
        "slow-.*",
        "kill-host-.*",
        "empty-.*",
        "clock-.*-forward",
        "clock-.*-back",
        "full-.*"
      })
  void everyKindOfHostIsHit(String cells) {
    assertThat(played().filter(cell -> cell.id().matches(cells)).map(cell -> fault(cell).name()))
        .doesNotHaveDuplicates()
        .hasSize(3);
  }

  @Test
  void everyPairOfHostsIsCut() {
    assertThat(played().map(cell -> fault(cell).name()))
        .contains(
            "cut between hosts 1 and 2",
            "cut between hosts 1 and 3",
            "cut from host 1 to host 2",
            "cut from host 1 to host 3",
            "cut from host 2 to host 1",
            "cut from host 3 to host 1")
        .containsAnyOf("cut between hosts 2 and 3", "cut between hosts 3 and 2");
  }

  @Test
  void everyCellCanBeTriedInSomeSituation() {
    assertThat(Matrix.cells())
        .allMatch(
            cell ->
                cell.setting().wanted().test(SITUATION)
                    || cell.setting().wanted().test(new Situation(1, 1, Set.of())));
    assertThat(Matrix.cells()).extracting(Cell::id).doesNotHaveDuplicates();
  }

  private static Stream<Cell> played() {
    return Matrix.cells().stream().filter(cell -> cell.setting().wanted().test(SITUATION));
  }

  private static Fault fault(Cell cell) {
    return cell.course().fault().apply(SITUATION);
  }
}
