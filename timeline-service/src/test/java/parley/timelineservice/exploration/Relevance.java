package parley.timelineservice.exploration;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which fields of a replica can make a difference to what it will do, within a scope. Every field
 * counts whole unless it is named here, with the reason.
 */
final class Relevance {

  /** How much of a field counts. */
  enum Kind {
    WHOLE,
    /** Only ever compared with what is durable: durable, or how far from it. */
    SEQUENCE,
    /** Only its distance from now is ever compared, and only with the limits of the config. */
    TICK,
    /** A list in which what was in it before, sequences apart, makes no difference. */
    FIRST_ONES,
    NONE
  }

  private static final String PAXOS = "parley.timelineservice.paxos.";

  private static final Set<String> SEQUENCES =
      Set.of(
          "WriteAhead.last",
          "WriteAhead.durable",
          "WriteAhead$Held.sequence",
          "Acceptor$Row.sequence",
          "Candidate.promiseSequence",
          "Membership$Mark.sequence",
          "Effect$Persist.sequence");

  private static final Set<String> TICKS =
      Set.of(
          "PaxosReplica.tick",
          "PaxosReplica.mayTryTick",
          "PaxosReplica.primaryHeardTick",
          "Candidate.sinceTick",
          "Primary$Acknowledged.tick",
          "Primary$Acknowledged.resentTick",
          "CatchUp.askedTick",
          "Membership$Heard.tick");

  /**
   * The driver reads {@code latchTurns}, the core never; {@code primaryEpoch} is only told to
   * people; {@code jitter} is taken modulo 1. The config never changes.
   */
  private static final Set<String> NEVER =
      Set.of(
          "PaxosReplica.latchTurns",
          "PaxosReplica.jitter",
          "PaxosReplica.config",
          "Membership.config",
          "CatchUp.config",
          "Primary.config",
          "Candidate.quorum");

  /** Told only in a Hello, which is sent only when a heartbeat interval is over. */
  private static final Set<String> NEVER_WITHOUT_TICKS = Set.of("Membership.heardIncarnations");

  /** Messages that are held back until something is durable: the first release says it all. */
  private static final Set<String> FIRST_ONES = Set.of("WriteAhead.held");

  private final Map<Field, Kind> kinds = new HashMap<>();
  private final boolean ticking;

  Relevance(Scope scope) {
    ticking = scope.ticking();
    name(SEQUENCES, Kind.SEQUENCE);
    name(TICKS, Kind.TICK);
    name(FIRST_ONES, Kind.FIRST_ONES);
    name(NEVER, Kind.NONE);
    if (!ticking) {
      name(NEVER_WITHOUT_TICKS, Kind.NONE);
    }
  }

  private void name(Set<String> names, Kind kind) {
    for (String name : new TreeSet<>(names)) {
      kinds.put(field(PAXOS + name), kind);
    }
  }

  private static Field field(String name) {
    int dot = name.lastIndexOf('.');
    try {
      return Class.forName(name.substring(0, dot)).getDeclaredField(name.substring(dot + 1));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name + " is no field any more: look at who reads it", e);
    }
  }

  Kind of(Field field) {
    return kinds.getOrDefault(field, Kind.WHOLE);
  }

  Clock clockOf(ExploredHost host) {
    Object core = read(host, "core");
    return new Clock((Long) read(core, "tick"), (Long) read(read(core, "writes"), "durable"));
  }

  private static Object read(Object owner, String name) {
    return Arrays.stream(new Object[] {owner})
        .flatMap(o -> ObjectShape.of(o.getClass()).fields().stream())
        .filter(field -> field.getName().equals(name))
        .map(field -> ObjectShape.get(field, owner))
        .findFirst()
        .orElseThrow();
  }

  /** What sequences and ticks of one replica are compared with. */
  final class Clock {

    private static final long LONG_AGO = Long.MAX_VALUE / 4;

    private final long tick;
    private final long durable;

    private Clock(long tick, long durable) {
      this.tick = tick;
      this.durable = durable;
    }

    long pending(long sequence) {
      return Math.max(0, sequence - durable);
    }

    /**
     * Still to come, now, or past: within a scope no limit but that of one heartbeat interval is
     * ever reached, and without ticks not even that.
     */
    long age(long then) {
      long age = tick - then;
      if (age > LONG_AGO) {
        return LONG_AGO;
      }
      return Math.max(-1, Math.min(age, ticking ? 1 : 0));
    }
  }
}
