package parley.timelineservice.timeline;

/**
 * What became of one entry when its slot was applied (R11–R13); told to the client that sent it.
 */
public sealed interface Result {

  /**
   * The entry was its client's next one and used up its number.
   *
   * @param index its place in the timeline; 0 unless the outcome is {@link Outcome#DONE}
   */
  record Taken(Outcome outcome, long index) implements Result {}

  /** A double: the entry had been taken before, with this outcome. */
  record Doubled(Outcome outcome) implements Result {}

  /** Not its client's next one: void, to be sent again from {@code nextNumber} on (R12). */
  record VoidEntry(long nextNumber) implements Result {}

  /** The client is not registered, or was superseded: refused for ever (R11). */
  record UnknownClient() implements Result {}

  /** The host's current incarnation after a Register; 0 if the host has none (R11). */
  record Registered(long current) implements Result {}
}
