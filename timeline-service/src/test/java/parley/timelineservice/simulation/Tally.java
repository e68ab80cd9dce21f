package parley.timelineservice.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a search has done so far, summed over runs. */
final class Tally {

  /** What was done to the cluster. */
  enum Fault {
    LOST,
    DOUBLED,
    KEPT_BACK,
    CRASHED,
    DIED_HALF_WAY,
    CUT,
    DISK_REPLACED,
    DISK_SLOW,
    PAUSED,
    BUSY,
    LATCH_MOVED,
    FAILED_OVER,
    LINE_BROKEN,
    FRONTEND_REPLACED,
    FRONTEND_LIVES_ON
  }

  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final DistinctCount states = new DistinctCount();
  private long runs;
  private long steps;
  private long slots;
  private long effects;
  private long reads;

  void fault(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  void state(long hash) {
    states.add(hash);
  }

  void run(long moreSteps, long moreSlots, long moreEffects, long moreReads) {
    runs++;
    steps += moreSteps;
    slots += moreSlots;
    effects += moreEffects;
    reads += moreReads;
  }

  void add(Tally other) {
    other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
    states.add(other.states);
    runs += other.runs;
    steps += other.steps;
    slots += other.slots;
    effects += other.effects;
    reads += other.reads;
  }

  long runs() {
    return runs;
  }

  long steps() {
    return steps;
  }

  long slots() {
    return slots;
  }

  long reads() {
    return reads;
  }

  long count(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  /** One line for people who watch. */
  String progress() {
    long injected = faults.values().stream().mapToLong(Long::longValue).sum();
    return "%,d runs, %,d steps, %,d faults, about %,d states"
        .formatted(runs, steps, injected, states.estimate());
  }

  /** All of it, for the end. */
  @Override
  public String toString() {
    String each =
        faults.entrySet().stream()
            .map(
                fault ->
                    "%s %,d"
                        .formatted(
                            fault.getKey().name().toLowerCase().replace('_', ' '),
                            fault.getValue()))
            .collect(Collectors.joining(", "));
    return "%s%n%,d slots chosen, %,d commands in effect, %,d reads%nfaults: %s"
        .formatted(progress(), slots, effects, reads, each);
  }
}
