package parley.timelineservice.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Phase 2 of one epoch: what was proposed, who has acknowledged how much of it in this epoch (R7),
 * and which confirmation rounds of reads a majority has answered (R14).
 *
 * <p>Invariants: {@code committed <= last}; only acknowledgements of this epoch, and of one
 * incarnation per host, count; {@code confirmedRound <= round}.
 */
final class Primary implements Role {

  /** What one replica has said in this epoch. */
  private static final class Acknowledged {
    final long incarnation;
    long slot;
    long round;
    long tick;
    long resentTick = Long.MIN_VALUE / 2;

    Acknowledged(long incarnation) {
      this.incarnation = incarnation;
    }
  }

  private final Epoch epoch;
  private final PaxosConfig config;
  private final TreeMap<Integer, Acknowledged> acknowledged = new TreeMap<>();

  /** Committed when this epoch began to propose. */
  private final long firstCommittedSlot;

  private long lastSlot;

  /** Everything up to here was re-proposed, or committed before (R14). */
  private long reproposedSlot;

  private long round;
  private long confirmedRound;

  /** The committed slot when the round was begun. */
  private long roundSlot;

  private boolean roundWanted;

  Primary(
      Epoch epoch,
      PaxosConfig config,
      Map<Integer, Long> incarnations,
      long committedSlot,
      long tick) {
    this.epoch = epoch;
    this.config = config;
    firstCommittedSlot = committedSlot;
    lastSlot = committedSlot;
    reproposedSlot = committedSlot;
    incarnations.forEach(
        (host, incarnation) -> {
          Acknowledged entry = new Acknowledged(incarnation);
          entry.tick = tick;
          acknowledged.put(host, entry);
        });
  }

  Epoch epoch() {
    return epoch;
  }

  long lastSlot() {
    return lastSlot;
  }

  /** The slot of the next proposal. */
  long nextSlot() {
    return ++lastSlot;
  }

  /** What was proposed so far is what had to be proposed anew. */
  void reproposed() {
    reproposedSlot = lastSlot;
  }

  long reproposedSlot() {
    return reproposedSlot;
  }

  /**
   * Counts an acknowledgement.
   *
   * @return whether it counts: of this epoch, and of the incarnation that this epoch knows
   */
  boolean onAck(int host, long incarnation, Message.Ack ack, long tick) {
    if (!ack.epoch().equals(epoch)) {
      return false;
    }
    Acknowledged entry =
        acknowledged.computeIfAbsent(host, unknown -> new Acknowledged(incarnation));
    if (entry.incarnation != incarnation) {
      return false;
    }
    entry.slot = Math.max(entry.slot, ack.durableSlot());
    entry.round = Math.max(entry.round, ack.round());
    entry.tick = tick;
    return true;
  }

  /**
   * Committed by the acknowledgements of this epoch, its own durable acceptance among them (R7).
   */
  long committedByMajority() {
    List<Long> slots = new ArrayList<>();
    acknowledged.values().forEach(entry -> slots.add(entry.slot));
    return Math.min(config.quorum().reached(slots), lastSlot);
  }

  /** At most one resend per heartbeat interval to each replica. */
  boolean maybeResend(int host, long tick) {
    Acknowledged entry = acknowledged.get(host);
    if (entry == null || tick - entry.resentTick < config.heartbeatTicks()) {
      return false;
    }
    entry.resentTick = tick;
    return true;
  }

  /**
   * Whether proposals are of use to a replica. One that is far behind copies; what it was sent
   * meanwhile it could only throw away, or, if its disk is slow, heap up.
   */
  boolean keepsUp(int host) {
    Acknowledged entry = acknowledged.get(host);
    long slot = entry == null ? 0 : entry.slot;
    return lastSlot - Math.max(slot, firstCommittedSlot) <= config.closeSlots();
  }

  /** Whether a majority, this replica included, has been heard from lately (R3). */
  boolean reachesMajority(long tick) {
    int reached = 1;
    for (Map.Entry<Integer, Acknowledged> entry : acknowledged.entrySet()) {
      boolean lately = tick - entry.getValue().tick <= config.quorumLostTicks();
      if (entry.getKey() != config.self() && lately) {
        reached++;
      }
    }
    return config.quorum().reachedBy(reached);
  }

  long round() {
    return round;
  }

  /**
   * A read arrived: it is served by the next round, never by one already sent. Returns that round.
   */
  long wantRound() {
    roundWanted = true;
    return round + 1;
  }

  /** Begins the wanted round if none is under way. */
  boolean maybeBeginRound(long committedSlot) {
    if (!roundWanted || confirmedRound < round) {
      return false;
    }
    roundWanted = false;
    round++;
    roundSlot = committedSlot;
    acknowledged.get(config.self()).round = round;
    return true;
  }

  /** Whether a majority has answered the round under way; says so once. */
  boolean maybeConfirmRound() {
    if (confirmedRound == round) {
      return false;
    }
    List<Long> rounds = new ArrayList<>();
    acknowledged.values().forEach(entry -> rounds.add(entry.round));
    if (config.quorum().reached(rounds) < round) {
      return false;
    }
    confirmedRound = round;
    return true;
  }

  long roundSlot() {
    return roundSlot;
  }
}
