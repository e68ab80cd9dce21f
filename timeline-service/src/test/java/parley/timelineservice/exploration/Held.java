package parley.timelineservice.exploration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages that a replica holds back until what they tell is durable, each with how many writes
 * it waits for. Of the same message only the first counts, whose release says it all.
 *
 * @param pending by receiver and message
 */
record Held(Map<List<Object>, Long> pending) {

  static Held of(ExploredHost host, Relevance relevance) {
    Relevance.Clock clock = relevance.clockOf(host);
    Map<List<Object>, Long> pending = new HashMap<>();
    for (Object held :
        (Iterable<?>)
            Relevance.read(Relevance.read(Relevance.read(host, "core"), "writes"), "held")) {
      pending.merge(
          List.of(Relevance.read(held, "to"), Relevance.read(held, "message")),
          clock.pending((Long) Relevance.read(held, "sequence")),
          Math::min);
    }
    return new Held(pending);
  }

  /** Whether all that the other one will say will be said here, and no later. */
  boolean hasAllOf(Held other) {
    for (Map.Entry<List<Object>, Long> entry : other.pending.entrySet()) {
      Long own = pending.get(entry.getKey());
      if (own == null || own > entry.getValue()) {
        return false;
      }
    }
    return true;
  }
}
