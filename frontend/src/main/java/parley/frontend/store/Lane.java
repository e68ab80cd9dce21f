package parley.frontend.store;

import java.util.ArrayDeque;

/**
 * The commands of one stream or call on their way into the outbox: they keep their order among
 * themselves, and lanes take turns. Owned by the loop.
 */
public final class Lane {
  private final CommandOutbox outbox;
  private final OutcomeListener listener;
  private final ArrayDeque<Command> waiting = new ArrayDeque<>();

  Lane(CommandOutbox outbox, OutcomeListener listener) {
    this.outbox = outbox;
    this.listener = listener;
  }

  /** Adds a command. Who adds bounds how many wait. */
  public void add(Command command) {
    waiting.add(command);
    if (waiting.size() == 1) {
      outbox.onWaiting(this);
    }
  }

  /**
   * Takes back what has not got a number yet; what has one will be committed.
   *
   * @return how many commands were taken back: their listener will not hear of them
   */
  public int withdraw() {
    int withdrawn = waiting.size();
    waiting.clear();
    outbox.onWithdrawn(this);
    return withdrawn;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  Command peek() {
    return waiting.peek();
  }

  Command poll() {
    return waiting.poll();
  }

  OutcomeListener listener() {
    return listener;
  }
}
