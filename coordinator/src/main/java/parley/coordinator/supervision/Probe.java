package parley.coordinator.supervision;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The question whether a process's own loop turns, which its lifeline passes on.
 *
 * <p>Asks for life, never for readiness: a process without a majority, or cut off from everybody,
 * answers. One that does not answer for a while is killed.
 */
@FunctionalInterface
public interface Probe {
  /** A process that has no loop yet. */
  Probe NO_LOOP_YET = () -> CompletableFuture.completedFuture(null);

  /**
   * Completes when the loop has come around. Called on a thread of the lifeline; must not block. A
   * stage that fails counts as no answer.
   */
  CompletionStage<?> turn();
}
