package parley.timelineservice.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Visits every state of the real core within the small scopes. */
class ExplorationTest {

  private static final long STATES_AT_MOST = 2_000_000;

  static List<Scope> scopes() {
    return Scopes.SMALL;
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void safeInEveryStateOfTheScope(Scope scope) {
    Exploration.Result result = new Exploration(scope, STATES_AT_MOST).run();
    assertThat(result.violation()).isNull();
    assertThat(result.complete()).as("complete: %s", result).isTrue();
    assertThat(result.sights()).containsAll(scope.sights());
  }

  @Test
  void saysWhenItIsNotComplete() {
    assertThat(new Exploration(Scopes.named("change-of-primary"), 100).run().complete()).isFalse();
  }
}
