package parley.frontend.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.frontend.store.Command;

/** All streams together hold a bounded number of bytes, and each has its share. */
class PostBudgetTest {
  private static final InputRules RULES = new InputRules(64, 4_096);
  private static final Command.Post LARGE = new Command.Post("a", "x".repeat(4_096), 0, 0, false);

  private final PostBudget budget = new PostBudget(1 << 20, 1_024, RULES);

  @Test
  void aStreamWithNothingUnderWayMayAlwaysHaveOne() {
    budget.addStream();
    for (int i = 0; i < 1_000; i++) {
      budget.take(LARGE);
    }
    assertThat(budget.grant(0, 0)).isEqualTo(1);
    assertThat(budget.grant(1, 0)).isZero();
    assertThat(budget.grant(0, 1)).isZero();
  }

  @Test
  void noStreamHasMoreUnderWayThanItMay() {
    PostBudget narrow = new PostBudget(1L << 30, 10, RULES);
    narrow.addStream();
    assertThat(narrow.grant(0, 0)).isEqualTo(10);
    assertThat(narrow.grant(4, 6)).isZero();
    assertThat(narrow.grant(10, 0)).isZero();
    assertThat(narrow.grant(5, 0)).isEqualTo(5);
  }

  @Test
  void greedyStreamsTogetherStayWithinTheBytes() {
    int streams = 60;
    List<int[]> state = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      budget.addStream();
      state.add(new int[2]);
    }
    long largest = 0;
    for (int round = 0; round < 500; round++) {
      for (int[] stream : state) {
        stream[1] += budget.grant(stream[0], stream[1]);
        if (stream[1] > 0) {
          stream[1]--;
          stream[0]++;
          budget.take(LARGE);
        }
      }
      long requested = state.stream().mapToLong(stream -> stream[1]).sum();
      largest = Math.max(largest, budget.takenBytes() + requested * 4_416);
    }
    // What was asked for before the other half was full may still come.
    assertThat(largest).isBetween(1L << 19, (3L << 20) / 2);
    for (int[] stream : state) {
      for (; stream[0] > 0; stream[0]--) {
        budget.release(LARGE);
      }
    }
    assertThat(budget.takenBytes()).isZero();
  }
}
