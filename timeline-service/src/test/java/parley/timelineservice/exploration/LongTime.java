package parley.timelineservice.exploration;

import java.lang.reflect.Field;
import parley.timelineservice.paxos.PaxosReplica;

/**
 * Lets so much time pass at a replica that every limit has run out: whatever it does at most once
 * in a while, it may do. Without it there would be one state for each message that was sent lately,
 * and one for each that was not; as no message need arrive, the more that is sent, the more is
 * possible.
 */
final class LongTime {

  private static final Field TICK = Relevance.field("PaxosReplica.tick");

  static {
    TICK.setAccessible(true);
  }

  private LongTime() {}

  static void pass(PaxosReplica core) {
    long tick = (Long) ObjectShape.get(TICK, core);
    ObjectShape.set(TICK, core, tick + 2 * Scope.NEVER);
  }
}
