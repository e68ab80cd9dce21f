package parley.timelineservice.primary;

/**
 * When a small batch goes into a slot. A slot costs three hosts about as much with one entry as
 * with a dozen, so a batch waits for as many entries as slots have held lately, but at most until
 * {@link #GAP_NANOS} after the last slot began. Who posts alone, one by one, never waits: then
 * slots hold one entry. Nor does a post that comes after a while without any, nor a crowd.
 *
 * <p>Like PostgreSQL's {@code commit_delay} with {@code commit_siblings}, but that it learns from
 * what came whether more will. Pure; owned by the replica's loop.
 */
public final class Pace {

  /** From the beginning of a slot, the longest wait before the next. */
  static final long GAP_NANOS = 40_000_000;

  /** So many entries never wait for more: the slot's own price is small beside theirs. */
  static final int ENOUGH = 8;

  private static final double WEIGHT_OF_NEWEST = 1.0 / 16;

  /** A quarter more than one entry is the least that is worth waiting for a second one. */
  private static final double ROUND_UP = 0.75;

  private double usual = 1;
  private long beganNanos;

  /**
   * A pace that knows of no slot.
   *
   * @param nanos monotonic, as everywhere here
   */
  public Pace(long nanos) {
    beganNanos = nanos - GAP_NANOS;
  }

  /** Whether a batch of so many entries goes now. */
  public boolean isDue(int entries, long nanos) {
    return entries >= Math.min(ENOUGH, (int) (usual + ROUND_UP)) || dueInNanos(nanos) <= 0;
  }

  /** In how long any batch goes. */
  public long dueInNanos(long nanos) {
    return beganNanos + GAP_NANOS - nanos;
  }

  /** A slot with so many entries has begun; beyond enough, more of them teach nothing. */
  public void began(int entries, long nanos) {
    usual += (Math.min(entries, ENOUGH) - usual) * WEIGHT_OF_NEWEST;
    beganNanos = nanos;
  }
}
