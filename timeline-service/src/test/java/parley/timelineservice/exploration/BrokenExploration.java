package parley.timelineservice.exploration;

import java.util.function.Supplier;

/** Explores one scope, for code that is broken on purpose; tells what was wrong, or "". */
final class BrokenExploration implements Supplier<String> {

  private static final long STATES_AT_MOST = 100_000;

  private final String scope;

  BrokenExploration(String scope) {
    this.scope = scope;
  }

  @Override
  public String get() {
    Exploration.Result result = new Exploration(Scopes.named(scope), STATES_AT_MOST).run();
    return result.violation() == null ? "" : result.violation();
  }
}
