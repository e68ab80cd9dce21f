package parley.coordinator.supervision;

import java.util.concurrent.CompletableFuture;

/**
 * Hears at once that a process of this host has died, so that what it held for others can be freed
 * before they would miss it.
 */
@FunctionalInterface
public interface DeathListener {
  /** Frees nothing. */
  DeathListener NONE = role -> CompletableFuture.completedFuture(null);

  /**
   * Called once per death, before the restart, on the thread that watches this role; also when this
   * process starts and finds the other one dead, and before a hung one is killed. May read a file,
   * and must leave everything slower to a thread of its own.
   *
   * @return done when everything is freed, or cannot be; the restart waits for it, but not for long
   */
  CompletableFuture<Void> onDeath(Role role);
}
