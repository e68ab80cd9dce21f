package parley.acceptance.faults;

import java.util.EnumMap;
import java.util.Map;
import parley.acceptance.history.HistoryCheck.Findings;
import parley.acceptance.history.Verdict.Fault;

/**
 * What the check of the history said of one run of a cell, and under which conditions it ran.
 *
 * @param conditions for people, without commas
 */
record Judgement(
    String conditions,
    long posts,
    long deliveries,
    Map<Fault, Long> faults,
    long brokenStreams,
    long notStored,
    long refusals) {

  Judgement {
    faults = new EnumMap<>(faults);
  }

  static Judgement of(String conditions, Findings findings) {
    Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      faults.put(fault, findings.verdict().count(fault));
    }
    return new Judgement(
        conditions,
        findings.posts(),
        findings.deliveries(),
        faults,
        findings.broken(),
        findings.notStored(),
        findings.refusals());
  }

  boolean isClean() {
    return faults.values().stream().allMatch(count -> count == 0);
  }

  /** Both together. */
  Judgement plus(Judgement later) {
    Map<Fault, Long> sum = new EnumMap<>(faults);
    later.faults.forEach((fault, count) -> sum.merge(fault, count, Long::sum));
    return new Judgement(
        conditions.equals(later.conditions)
            ? conditions
            : conditions + "; then " + later.conditions,
        posts + later.posts,
        deliveries + later.deliveries,
        sum,
        brokenStreams + later.brokenStreams,
        notStored + later.notStored,
        refusals + later.refusals);
  }
}
