package parley.timelineservice.exploration;

import parley.timelineservice.paxos.Envelope;

/** What can happen to one replica; nothing happens to two at once. */
sealed interface Input {

  /** A message that was sent at any time arrives, for the first time or again. */
  record Deliver(Envelope envelope) implements Input {}

  /** The oldest writes that are queued become durable. */
  record Sync(int writes) implements Input {}

  /**
   * The latch is given to it, and the primary that it followed is out of reach.
   *
   * @param keepsLatch whether it still holds the latch when it is refused (R5)
   */
  record Elect(boolean keepsLatch) implements Input {}

  /** A primary takes this command. */
  record Propose(int command) implements Input {}

  /**
   * A read is asked for at an open primary.
   *
   * @param answeredSlot everything to here was applied and answered before
   */
  record Read(long answeredSlot) implements Input {}

  /** A heartbeat interval has passed. */
  record Tick() implements Input {}

  /** It loses what is not durable, and starts again. */
  record Crash() implements Input {}

  /** It loses its disk, and starts with an empty one. */
  record LoseDisk() implements Input {}
}
