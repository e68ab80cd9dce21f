package parley.timelineservice.paxos;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Phase 1 of one epoch (R4): gathers promises, one per host, and works out what has to be copied
 * and what proposed anew. Begins when its own promise is on its way to the disk; asks nobody before
 * that is durable (R1).
 */
final class Candidate implements Role {

  private record Answer(long incarnation, Message.Promise promise) {}

  private final Epoch epoch;
  private final Quorum quorum;
  private final long sinceTick;
  private final TreeMap<Integer, Answer> answers = new TreeMap<>();

  /** Sequence of the write of its own promise. */
  private final long promiseSequence;

  private boolean asked;

  Candidate(Epoch epoch, Quorum quorum, long promiseSequence, long sinceTick) {
    this.epoch = epoch;
    this.quorum = quorum;
    this.promiseSequence = promiseSequence;
    this.sinceTick = sinceTick;
  }

  Epoch epoch() {
    return epoch;
  }

  long sinceTick() {
    return sinceTick;
  }

  long promiseSequence() {
    return promiseSequence;
  }

  boolean asked() {
    return asked;
  }

  void onAsked() {
    asked = true;
  }

  boolean answeredBy(int host) {
    return answers.containsKey(host);
  }

  /** Two incarnations of a host are never counted in one epoch: the first one heard stays (R15). */
  void onPromise(int host, long incarnation, Message.Promise promise) {
    answers.putIfAbsent(host, new Answer(incarnation, promise));
  }

  boolean hasMajority() {
    return quorum.reachedBy(answers.size());
  }

  /** Everything up to here is committed somewhere: to be copied, not proposed. */
  long highestCommittedSlot() {
    return answers.values().stream().mapToLong(a -> a.promise().committedSlot()).max().orElse(0);
  }

  /** Who can be asked for it. */
  int hostWithHighestCommittedSlot() {
    long highest = highestCommittedSlot();
    return answers.entrySet().stream()
        .filter(entry -> entry.getValue().promise().committedSlot() == highest)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /**
   * What must be proposed anew above this slot: slot by slot the batch accepted in the highest
   * epoch among the answers, with empty batches in the gaps.
   */
  Collection<Batch> toPropose(long aboveSlot) {
    TreeMap<Long, AcceptedBatch> highest = new TreeMap<>();
    for (Answer answer : answers.values()) {
      for (AcceptedBatch accepted : answer.promise().accepted()) {
        if (accepted.slot() > aboveSlot) {
          highest.merge(accepted.slot(), accepted, (a, b) -> b.epoch().above(a.epoch()) ? b : a);
        }
      }
    }
    TreeMap<Long, Batch> proposals = new TreeMap<>();
    long last = highest.isEmpty() ? aboveSlot : highest.lastKey();
    for (long slot = aboveSlot + 1; slot <= last; slot++) {
      AcceptedBatch accepted = highest.get(slot);
      proposals.put(slot, accepted == null ? Batch.EMPTY : accepted.batch());
    }
    return proposals.values();
  }

  /** The incarnations that answered, by host. */
  Map<Integer, Long> incarnations() {
    TreeMap<Integer, Long> incarnations = new TreeMap<>();
    answers.forEach((host, answer) -> incarnations.put(host, answer.incarnation()));
    return incarnations;
  }
}
