package parley.timelineservice.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import parley.timelineservice.simulation.Variant;
import parley.timelineservice.traces.BrokenCore;

/** The exploration is seen to fail: each broken variant is found within its scope. */
class BrokenScopesTest {

  @Test
  void eachIsFoundInItsScope() {
    assertThat(Variant.explored().parallelStream().map(BrokenScopesTest::missed))
        .as("variants that were not found, and what was found instead")
        .allMatch(String::isEmpty);
  }

  /** Empty if the variant is found. */
  private static String missed(Variant variant) {
    try {
      Variant.Found found = variant.found();
      String violation =
          (String) new BrokenCore(variant.mutation()).run(BrokenExploration.class, found.scope());
      return violation.contains(found.words()) ? "" : variant + ": " + violation;
    } catch (IOException | ReflectiveOperationException e) {
      throw new AssertionError(variant.toString(), e);
    }
  }

  @Test
  void everySmallScopeHasOne() {
    var scopes =
        Variant.explored().stream().map(v -> v.found().scope()).collect(Collectors.toSet());
    assertThat(scopes).containsAll(Scopes.SMALL.stream().map(Scope::name).toList());
  }
}
