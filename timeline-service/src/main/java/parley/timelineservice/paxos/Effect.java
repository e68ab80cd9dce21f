package parley.timelineservice.paxos;

/**
 * What the core asks its driver to do. Effects are carried out in the order in which they were
 * handed out; none has to wait for another: whatever must be durable first is handed out only after
 * {@link PaxosReplica#onDurable}.
 */
public sealed interface Effect {

  /** Send, best effort: the protocol repairs what is lost. */
  record Send(int to, Message message) implements Effect {}

  /** Make durable, in order of sequences; then call {@link PaxosReplica#onDurable}. */
  record Persist(long sequence, Write write) implements Effect {}

  /**
   * The slot is committed and durable here: let its entries take effect. Slots come in order, each
   * once.
   */
  record Apply(AcceptedBatch slot) implements Effect {}

  /**
   * Read committed slots from the log, from this one on and within a bounded size, and send them as
   * a {@link Message.Chunk} with the committed slot that is stored (R16). May be done beside
   * everything else.
   */
  record SendCommitted(int to, long fromSlot) implements Effect {}

  /** Reads of this round may be answered by whoever has applied this slot (R14). */
  record ReadsConfirmed(long round, long slot) implements Effect {}

  /** A message had no effect, and why: for a debug line. */
  record Ignored(Envelope envelope, String why) implements Effect {}
}
