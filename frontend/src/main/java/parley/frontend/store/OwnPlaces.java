package parley.frontend.store;

import java.util.ArrayDeque;
import parley.frontend.delivery.OwnCommands;

/**
 * Brings the outcomes of this frontend's commands together with the places at which its timeline
 * shows them. Both come in the order of the commands' numbers; either may come first.
 *
 * <p>Bounded by what is under way: {@code shown} keeps only what has no outcome yet, {@code
 * awaiting} only commands whose senders wait. After {@link #settle} one of them is empty. Owned by
 * the loop.
 */
final class OwnPlaces {
  private final ArrayDeque<OwnCommands> shown = new ArrayDeque<>();
  private final ArrayDeque<Answered> awaiting = new ArrayDeque<>();

  private record Answered(long number, Command command, Outcome outcome, PlaceListener listener) {}

  /** The timeline here shows these commands. */
  void onShown(OwnCommands commands) {
    shown.add(commands);
  }

  /** A command has its outcome, and its sender wants to know its place. */
  void await(long number, Command command, Outcome outcome, PlaceListener listener) {
    awaiting.add(new Answered(number, command, outcome, listener));
  }

  /**
   * Tells what can be told.
   *
   * @param answered all commands up to this number have their outcomes
   */
  void settle(long answered) {
    while (!awaiting.isEmpty()) {
      Answered next = awaiting.peek();
      long index = 0;
      if (next.outcome == Outcome.DONE) {
        dropShownBefore(next.number);
        if (shown.isEmpty()) {
          return;
        }
        index = shown.peek().indexOf(next.number);
      }
      awaiting.poll();
      next.listener.onPlaced(next.command, next.outcome, index);
    }
    dropShownBefore(answered + 1);
  }

  private void dropShownBefore(long number) {
    while (!shown.isEmpty() && shown.peek().lastNumber() < number) {
      shown.poll();
    }
  }
}
