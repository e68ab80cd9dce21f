package parley.timelineservice.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * One replica's memory of what it promised, accepted and knows to be committed (R4, R6, R9). Holds
 * the slots above the applied one; what is applied is read from the log.
 *
 * <p>Invariants: {@code applied <= committed <= verified}; {@code durable <= verified}; a slot at
 * or below {@code committed} never changes; {@code promised} never falls.
 */
final class Acceptor {

  /** A slot's batch and the sequence of the write that made it durable. */
  private record Row(AcceptedBatch accepted, long sequence) {}

  private final Effects effects;
  private final WriteAhead writes;
  private final TreeMap<Long, Row> rows = new TreeMap<>();

  /** Held from the moment of receipt; {@code persistedPromise} of it is on its way to the disk. */
  private Epoch promised;

  private Epoch persistedPromise;

  /** Own committed slot: never above what is verified (R9). */
  private long committedSlot;

  private long appliedSlot;

  /** The epoch that {@code verifiedSlot} speaks of, never above the promise. */
  private Epoch verifiedEpoch = Epoch.NONE;

  /**
   * Every slot to here is committed here, or was accepted in {@code verifiedEpoch} with no gap
   * before it.
   */
  private long verifiedSlot;

  /** Verified and durable to here. */
  private long durableSlot;

  Acceptor(DurableState disk, Effects effects, WriteAhead writes) {
    this.effects = effects;
    this.writes = writes;
    promised = disk.promised();
    persistedPromise = disk.promised();
    committedSlot = disk.committedSlot();
    appliedSlot = disk.appliedSlot();
    verifiedSlot = committedSlot;
    durableSlot = committedSlot;
    disk.tail().forEach(row -> rows.put(row.slot(), new Row(row, 0)));
    maybeApply();
  }

  Epoch promised() {
    return promised;
  }

  long committedSlot() {
    return committedSlot;
  }

  long appliedSlot() {
    return appliedSlot;
  }

  long verifiedSlot() {
    return verifiedSlot;
  }

  long durableSlot() {
    return durableSlot;
  }

  Epoch verifiedEpoch() {
    return verifiedEpoch;
  }

  /**
   * Raises the promise in memory: enough to refuse lower epochs, not enough to tell anyone (R4).
   */
  void promiseInMemory(Epoch epoch) {
    promised = Epoch.max(promised, epoch);
  }

  /** Raises the promise and hands out its write if none is on its way. */
  void promise(Epoch epoch) {
    promiseInMemory(epoch);
    if (promised.above(persistedPromise)) {
      persistedPromise = promised;
      writes.persist(new Write.Promised(promised));
    }
  }

  /** The promise became durable together with something else. */
  void promisePersistedWith(Epoch epoch) {
    promiseInMemory(epoch);
    persistedPromise = Epoch.max(persistedPromise, epoch);
  }

  /** Everything accepted above the committed slot, for a Promise (R4). */
  List<AcceptedBatch> acceptedAboveCommitted() {
    List<AcceptedBatch> accepted = new ArrayList<>();
    rows.tailMap(committedSlot, false).values().forEach(row -> accepted.add(row.accepted()));
    return accepted;
  }

  /** The batch in this slot, or null if the slot is empty or already applied. */
  AcceptedBatch row(long slot) {
    Row row = rows.get(slot);
    return row == null ? null : row.accepted();
  }

  /**
   * From now on "verified" speaks of this epoch: of the slots above the committed one, none is yet.
   */
  void enterEpoch(Epoch epoch) {
    if (epoch.equals(verifiedEpoch)) {
      return;
    }
    ProtocolViolation.check(
        !verifiedEpoch.above(epoch), "verified epoch only grows", epoch, verifiedEpoch);
    verifiedEpoch = epoch;
    verifiedSlot = committedSlot;
    durableSlot = Math.min(durableSlot, verifiedSlot);
    maybeDurable();
  }

  /**
   * Accepts the slot after the verified one in an epoch that was entered (R6).
   *
   * @param primaryCommittedSlot what its Accept said is committed
   */
  void accept(Epoch epoch, long slot, Batch batch, long primaryCommittedSlot) {
    ProtocolViolation.check(!promised.above(epoch), "accepted epoch >= promise", epoch, promised);
    ProtocolViolation.check(
        epoch.equals(verifiedEpoch), "accepted epoch is the entered one", epoch, verifiedEpoch);
    ProtocolViolation.check(
        slot == verifiedSlot + 1, "accepted slot follows the verified one", slot, verifiedSlot);
    ProtocolViolation.check(
        slot > committedSlot, "a committed slot never changes", slot, committedSlot);
    verifiedSlot = slot;
    committedSlot = Math.max(committedSlot, Math.min(primaryCommittedSlot, verifiedSlot));
    promisePersistedWith(epoch);
    long sequence = writes.persist(new Write.Accepted(slot, epoch, batch, committedSlot));
    rows.put(slot, new Row(new AcceptedBatch(slot, epoch, batch), sequence));
    maybeApply();
  }

  /** Raises the committed slot as far as verified (R9); returns whether it rose. */
  boolean maybeCommit(long primaryCommittedSlot) {
    long commit = Math.min(primaryCommittedSlot, verifiedSlot);
    if (commit <= committedSlot) {
      return false;
    }
    committedSlot = commit;
    writes.persist(new Write.Committed(committedSlot));
    maybeApply();
    return true;
  }

  /**
   * Takes a committed slot from another replica's log (R16); returns whether it was the next one.
   */
  boolean maybeCopy(AcceptedBatch chosen) {
    if (chosen.slot() != committedSlot + 1) {
      return false;
    }
    committedSlot = chosen.slot();
    verifiedSlot = Math.max(verifiedSlot, committedSlot);
    promisePersistedWith(chosen.epoch());
    long sequence = writes.persist(new Write.Copied(chosen.slot(), chosen.epoch(), chosen.batch()));
    rows.put(chosen.slot(), new Row(chosen, sequence));
    durableSlot = Math.min(durableSlot, committedSlot - 1);
    return true;
  }

  /** Writes became durable. Returns whether that made more verified slots durable. */
  boolean onDurable() {
    boolean advanced = maybeDurable();
    maybeApply();
    return advanced;
  }

  private boolean maybeDurable() {
    long before = durableSlot;
    while (durableSlot < verifiedSlot && isDurable(durableSlot + 1)) {
      durableSlot++;
    }
    return durableSlot > before;
  }

  private boolean isDurable(long slot) {
    return slot <= appliedSlot || writes.isDurable(rows.get(slot).sequence());
  }

  void maybeApply() {
    while (appliedSlot < committedSlot && isDurable(appliedSlot + 1)) {
      appliedSlot++;
      effects.add(new Effect.Apply(rows.remove(appliedSlot).accepted()));
    }
  }
}
