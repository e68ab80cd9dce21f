package parley.timelineservice.paxos;

import java.util.List;
import java.util.Map;

/**
 * What replicas say to each other. Any message may be lost, delayed, repeated or overtaken. Who
 * sent it, and in which incarnation, stands in its {@link Envelope}.
 */
public sealed interface Message {

  /** How far a replica belongs to the cluster (R15). */
  enum Standing {
    /** Holds nothing and knows of no cluster. */
    EMPTY,
    /** An empty replica among others: stores, does not vote. */
    NEWCOMER,
    VOTER
  }

  /**
   * Sent to every other replica at each heartbeat interval (R3, R15). It is an answer to the
   * addressee when {@code heardIncarnation} is the addressee's own.
   *
   * @param founders incarnations by host that formed the cluster; empty while it is not formed
   */
  record Hello(
      Standing standing,
      Epoch promised,
      long committedSlot,
      long heardIncarnation,
      Map<Integer, Long> founders)
      implements Message {}

  /** Phase 1a (R4). */
  record Prepare(Epoch epoch) implements Message {}

  /** Phase 1b (R4): everything accepted above {@code committedSlot}, durable when this is sent. */
  record Promise(Epoch epoch, long committedSlot, List<AcceptedBatch> accepted)
      implements Message {}

  /** The answer to a Prepare, Accept or Heartbeat of an epoch below the promise (R5, R6, R8). */
  record Refusal(Epoch refused, Epoch promised) implements Message {}

  /** Phase 2a (R6). */
  record Accept(Epoch epoch, long slot, Batch batch, long committedSlot) implements Message {}

  /**
   * Phase 2b and the answer to heartbeats (R7).
   *
   * @param durableSlot verified in the epoch and durable up to this slot
   * @param round the highest confirmation round of this epoch that has arrived (R14)
   * @param wantedSlot the first slot that is missing, or 0
   */
  record Ack(Epoch epoch, long durableSlot, long round, long wantedSlot) implements Message {}

  /**
   * Sent by a primary at each heartbeat interval and for each confirmation round (R8, R14).
   *
   * @param open everything that was re-proposed in this epoch is committed
   */
  record Heartbeat(Epoch epoch, long lastSlot, long committedSlot, long round, boolean open)
      implements Message {}

  /** Asks any replica for its committed slots from this one on (R16). */
  record Fetch(long fromSlot) implements Message {}

  /** Committed slots without a gap (R16). */
  record Chunk(List<AcceptedBatch> slots, long committedSlot) implements Message {}
}
