package parley.coordinator.zookeeper;

/** Tells how long something has been wrong without interruption. Not thread-safe. */
final class Persistence {
  private boolean wrong;
  private long since;

  /**
   * Notes an observation at a time of the monotonic clock and answers for how many nanoseconds it
   * has been wrong.
   */
  long observe(long nanos, boolean wrongNow) {
    if (!wrongNow) {
      wrong = false;
      return 0;
    }
    if (!wrong) {
      wrong = true;
      since = nanos;
    }
    return nanos - since;
  }
}
