package parley.frontend.store;

/** Learns what came of commands, in the order in which they were added to their lane. */
public interface OutcomeListener {

  /** The command has been applied on the primary, and is durable on a majority. */
  void onOutcome(Command command, Outcome outcome);
}
