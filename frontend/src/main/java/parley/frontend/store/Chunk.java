package parley.frontend.store;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * Numbered commands that were encoded together and are only ever sent together, under the same
 * numbers, until all of them are answered.
 */
final class Chunk {
  private final long firstNumber;
  private final ByteString entries;
  private final List<Command> commands;
  private final List<OutcomeListener> listeners;

  /** Sent on the present line and neither answered nor refused. */
  boolean outstanding;

  Chunk(
      long firstNumber,
      ByteString entries,
      List<Command> commands,
      List<OutcomeListener> listeners) {
    this.firstNumber = firstNumber;
    this.entries = entries;
    this.commands = commands;
    this.listeners = listeners;
  }

  long firstNumber() {
    return firstNumber;
  }

  long lastNumber() {
    return firstNumber + commands.size() - 1;
  }

  int count() {
    return commands.size();
  }

  ByteString entries() {
    return entries;
  }

  void onOutcome(long number, Outcome outcome) {
    int position = (int) (number - firstNumber);
    listeners.get(position).onOutcome(commands.get(position), outcome);
  }
}
