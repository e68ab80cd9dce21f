package parley.acceptance.load;

/** When a client's posts are due. Asked by one thread. */
@FunctionalInterface
public interface Pace {

  /** Never posts. */
  Pace NEVER = after -> Long.MAX_VALUE;

  /**
   * The moment at which the next post is due, on the nanosecond clock; {@link Long#MAX_VALUE} if
   * none is to follow.
   *
   * @param lastDue when the post before was due; when the client began, for the first one
   */
  long nextDueNanos(long lastDue);

  /** One post at each interval. */
  static Pace every(long nanos) {
    return lastDue -> lastDue + nanos;
  }
}
