package parley.acceptance.replay;

/** What one message on a Chat stream turned out to be. */
sealed interface Arrival {

  /** A post as its author sent it, byte for byte in meaning. */
  record Live(int line) implements Arrival {}

  /** The same, from before the stream was opened. */
  record Old(int line) implements Arrival {}

  /** The caller's post, which tells that a stream is open. */
  record Opening() implements Arrival {}

  /** Anything else. */
  record Strange(String what) implements Arrival {}
}
