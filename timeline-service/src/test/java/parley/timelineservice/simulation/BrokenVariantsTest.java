package parley.timelineservice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.timelineservice.traces.BrokenCore;

/** The simulator's checks are seen to fail: each broken variant is caught within its runs. */
class BrokenVariantsTest {

  private static final Set<String> CHECKS =
      Set.of(
          "agreement",
          "promises",
          "commits",
          "decisions",
          "leaders",
          "reads",
          "history",
          "liveness",
          "disk",
          "core");

  @Test
  void eachIsCaughtWithinItsRuns() {
    assertThat(Variant.simulated().parallelStream().map(BrokenVariantsTest::missed))
        .as("variants that were not caught, and what was noticed instead")
        .allMatch(String::isEmpty);
  }

  /** Empty if the variant is caught. */
  private static String missed(Variant variant) {
    Variant.Caught caught = variant.caught();
    try {
      Map<?, ?> noticed =
          (Map<?, ?>)
              new BrokenCore(variant.mutation())
                  .run(BrokenSearch.class, caught.check(), caught.runs(), caught.hosts());
      return noticed.containsKey(caught.check()) ? "" : variant + ": " + noticed;
    } catch (IOException | ReflectiveOperationException e) {
      throw new AssertionError(variant.toString(), e);
    }
  }

  @Test
  void everyRuleAndEveryCheckHasOne() {
    Set<String> rules = new TreeSet<>();
    Set<String> checks = new TreeSet<>();
    Variant.simulated().forEach(variant -> rules.add(variant.rule()));
    Variant.simulated().forEach(variant -> checks.add(variant.caught().check()));
    assertThat(rules)
        .containsAll(
            IntStream.rangeClosed(1, 16).mapToObj(n -> "R" + n).collect(Collectors.toList()));
    assertThat(checks).containsExactlyInAnyOrderElementsOf(CHECKS);
  }
}
