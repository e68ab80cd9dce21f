package parley.frontend.api;

import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;

/** Does at the end of a turn of the loop what the whole turn has prepared. Owned by the loop. */
final class EndOfTurn implements BooleanSupplier {
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

  /** Runs the task once, at the end of this turn. Who adds bounds how many wait. */
  void add(Runnable task) {
    tasks.add(task);
  }

  @Override
  public boolean getAsBoolean() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    return false;
  }
}
