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
    /** Only ever asked whether it is above the applied slot, which only grows. */
    ABOVE_APPLIED,
    /** Only ever asked whether it is above the verified slot; both begin anew together. */
    ABOVE_VERIFIED,
    /** Speaks of what its owner holds, so of nothing while that is empty. */
    OF_CONTENT,
    /** Messages that wait for the disk: compared by {@link Held}. */
    HELD,
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

  /**
   * What was heard is told only in a Hello, which is sent only when a heartbeat interval is over;
   * where {@link LongTime} may have passed, a request under way is no reason not to repeat it.
   */
  private static final Set<String> NEVER_WITHOUT_TICKS =
      Set.of("Membership.heardIncarnations", "CatchUp.askedHost", "CatchUp.askedSlot");

  private final Map<Field, Kind> kinds = new HashMap<>();
  private final int ticksAtMost;

  Relevance(Scope scope) {
    ticksAtMost = scope.ticksAtMost();
    name(SEQUENCES, Kind.SEQUENCE);
    name(TICKS, Kind.TICK);
    name(Set.of("CatchUp.beforeChunkSlot"), Kind.ABOVE_APPLIED);
    name(Set.of("PaxosReplica.primaryLastSlot"), Kind.ABOVE_VERIFIED);
    name(Set.of("EarlyAccepts.epoch"), Kind.OF_CONTENT);
    name(Set.of("WriteAhead.held"), Kind.HELD);
    name(NEVER, Kind.NONE);
    if (!scope.ticking()) {
      name(NEVER_WITHOUT_TICKS, Kind.NONE);
      name(TICKS, Kind.NONE);
    }
  }

  private void name(Set<String> names, Kind kind) {
    for (String name : new TreeSet<>(names)) {
      kinds.put(field(name), kind);
    }
  }

  static Field field(String name) {
    int dot = name.lastIndexOf('.');
    try {
      return Class.forName(PAXOS + name.substring(0, dot))
          .getDeclaredField(name.substring(dot + 1));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name + " is no field any more: look at who reads it", e);
    }
  }

  Kind of(Field field) {
    return kinds.getOrDefault(field, Kind.WHOLE);
  }

  Clock clockOf(ExploredHost host) {
    Object core = read(host, "core");
    Object acceptor = read(core, "acceptor");
    return new Clock(
        (Long) read(core, "tick"),
        (Long) read(read(core, "writes"), "durable"),
        (Long) read(acceptor, "appliedSlot"),
        (Long) read(acceptor, "verifiedSlot"));
  }

  static Object read(Object owner, String name) {
    return Arrays.stream(new Object[] {owner})
        .flatMap(o -> ObjectShape.of(o.getClass()).fields().stream())
        .filter(field -> field.getName().equals(name))
        .map(field -> ObjectShape.get(field, owner))
        .findFirst()
        .orElseThrow();
  }

  /** What sequences, ticks and slots of one replica are compared with. */
  final class Clock {

    private static final long LONG_AGO = Long.MAX_VALUE / 4;

    private final long tick;
    private final long durable;
    private final long appliedSlot;
    private final long verifiedSlot;

    private Clock(long tick, long durable, long appliedSlot, long verifiedSlot) {
      this.tick = tick;
      this.durable = durable;
      this.appliedSlot = appliedSlot;
      this.verifiedSlot = verifiedSlot;
    }

    long aboveApplied(long slot) {
      return Math.max(0, slot - appliedSlot);
    }

    long aboveVerified(long slot) {
      return Math.max(0, slot - verifiedSlot);
    }

    long pending(long sequence) {
      return Math.max(0, sequence - durable);
    }

    /** Still to come, or so many ticks ago, or long before there were any. */
    long age(long then) {
      long age = tick - then;
      if (age > LONG_AGO) {
        return LONG_AGO;
      }
      return Math.max(-1, Math.min(age, ticksAtMost));
    }
  }
}
