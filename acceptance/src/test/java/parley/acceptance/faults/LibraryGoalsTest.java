package parley.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Hang;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.lab.fault.Unplugged;

class LibraryGoalsTest {

  private final LibraryGoals goals = new LibraryGoals();

  @Test
  void eachKindHasItsOwnLimitAndWhatMissesItIsNamed() {
    judge(1, new Kill(Role.FRONTEND, 2), 0.99);
    judge(2, new Kill(Role.FRONTEND, 3), 1.151);
    judge(3, new Unplugged(1), 3.9);
    judge(4, new Unplugged(2), 4.2);
    judge(5, new Hang(Role.COORDINATOR, 1), 9);
    assertThat(goals.lines())
        .containsExactly(
            "of 4 faults that the library's users have a goal for, it was met after 2",
            "2. kill -9 of the frontend of host 3: 1.151 s; library pause ≤ 1.0 s",
            "4. interface of host 2 down: 4.200 s; library pause ≤ 4.0 s");
  }

  @Test
  void whatWasNotMeasuredIsNoSuccess() {
    judge(1, new Kill(Role.FRONTEND, 2), Double.NaN);
    assertThat(goals.lines())
        .startsWith("of 1 faults that the library's users have a goal for, it was met after 0");
  }

  private void judge(int number, Fault fault, double libraryPause) {
    goals.judge(
        number,
        fault,
        new Measurement(
            Double.NaN, 0.1, Double.NaN, 0.1, 1, Double.NaN, Double.NaN, libraryPause, Double.NaN));
  }
}
