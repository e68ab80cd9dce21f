package parley.coordinator.ensemble;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Decides when a peer that looks for a majority needs help. After a cut heals, the election goes on
 * over old TCP connections whose retransmission pauses have grown long, while a new connection
 * would succeed at once: a restarted peer is back in about 2 s.
 *
 * <p>Pure: the caller observes and acts. Not thread-safe.
 */
final class StuckElectionWatch {
  /** What the caller should do. */
  enum Remedy {
    NONE,
    /** Restart the peer, with new connections. */
    RESTART,
    /** Restart the peer and let it trust its empty database. */
    BEGIN_ANEW
  }

  /**
   * @param looking the peer takes part in no majority
   * @param someOther another peer's election port accepts connections
   * @param allOthers every other peer's election port accepts connections
   * @param dataMissing this peer has lost its database, so it may not vote
   */
  record Observation(boolean looking, boolean someOther, boolean allOthers, boolean dataMissing) {}

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);
  private static final long PATIENCE_MAX = TimeUnit.SECONDS.toNanos(48);
  private static final long PATIENCE_WITHOUT_DATA = TimeUnit.SECONDS.toNanos(30);
  private static final long JITTER = TimeUnit.SECONDS.toNanos(1);

  /** A longer pause between two observations means that this process itself was stopped. */
  private static final long OWN_PAUSE = TimeUnit.SECONDS.toNanos(5);

  private final RandomGenerator random;
  private long observedAt;
  private boolean observedBefore;
  private Span stuck = Span.NONE;
  private Span starved = Span.NONE;
  private long patience;
  private long backOff = PATIENCE;

  StuckElectionWatch(RandomGenerator random) {
    this.random = random;
    this.patience = PATIENCE;
  }

  /** To be called about once a second, with the monotonic clock. */
  Remedy observe(long nanos, Observation seen) {
    if (observedBefore && nanos - observedAt > OWN_PAUSE) {
      stuck = Span.NONE;
      starved = Span.NONE;
    }
    observedBefore = true;
    observedAt = nanos;
    stuck = stuck.next(nanos, seen.looking() && seen.someOther());
    starved = starved.next(nanos, seen.looking() && seen.allOthers() && seen.dataMissing());
    if (!seen.looking()) {
      backOff = PATIENCE;
      patience = PATIENCE;
    }
    if (starved.lasts(nanos) >= PATIENCE_WITHOUT_DATA) {
      starved = Span.NONE;
      stuck = Span.NONE;
      return Remedy.BEGIN_ANEW;
    }
    if (stuck.lasts(nanos) >= patience) {
      stuck = Span.NONE;
      backOff = Math.min(2 * backOff, PATIENCE_MAX);
      // Two peers that look for each other must not restart in step.
      patience = backOff + random.nextLong(JITTER);
      return Remedy.RESTART;
    }
    return Remedy.NONE;
  }

  /** Since when something has been true without interruption. */
  private record Span(boolean open, long since) {
    static final Span NONE = new Span(false, 0);

    Span next(long nanos, boolean holds) {
      if (!holds) {
        return NONE;
      }
      return open ? this : new Span(true, nanos);
    }

    long lasts(long nanos) {
      return open ? nanos - since : -1;
    }
  }
}
