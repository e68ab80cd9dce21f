package parley.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SituationTest {

  @Test
  void standbyIsRatherOneWhosePeerFollows() {
    assertThat(new Situation(1, 2, Set.of()).standby()).isEqualTo(3);
    assertThat(new Situation(1, 3, Set.of(3)).standby()).isEqualTo(2);
    assertThat(new Situation(2, 2, Set.of()).standby()).isEqualTo(1);
    assertThat(new Situation(2, 1, Set.of()).otherStandby()).isEqualTo(1);
  }

  @Test
  void standbyInUseIsOneWithUsersOfTheLibraryIfThereIsOne() {
    assertThat(new Situation(1, 2, Set.of(2)).standbyInUse()).isEqualTo(2);
    assertThat(new Situation(1, 2, Set.of(1, 2, 3)).standbyInUse()).isEqualTo(3);
    assertThat(new Situation(1, 1, Set.of(3)).standbyInUse()).isEqualTo(3);
    assertThat(new Situation(1, 2, Set.of(1)).standbyInUse()).isEqualTo(3);
  }

  @Test
  void cellKnowsWhichUsedFrontendsItHits() {
    Situation situation = new Situation(1, 1, Set.of(3));
    assertThat(cell("kill-frontend").frontendsHit(situation)).containsExactly(3);
    assertThat(cell("isolate-primary").frontendsHit(situation)).containsExactly(1);
    assertThat(cell("kill-primary").frontendsHit(situation)).isEmpty();
    assertThat(cell("kill-idle-frontend").frontendsHit(situation)).isEmpty();
  }

  private static Cell cell(String id) {
    return Matrix.cells().stream().filter(cell -> cell.id().equals(id)).findFirst().orElseThrow();
  }
}
