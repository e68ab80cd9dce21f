package parley.timelineservice.runtime;

/**
 * The election latch, as the loop uses it: it says who should try to lead, never who leads (R2). No
 * method blocks; what comes of them arrives through {@link ReplicaLoop#onLatch}.
 */
public interface Election {

  /** Stands in the latch's queue from now on; nothing happens if it does already. */
  void queue();

  /** Leaves the latch or its queue; nothing happens if it is in neither. */
  void leave();

  /** Lets people and clients read who leads; an advertisement, nothing depends on it (R1). */
  void advertise(long epochNumber);
}
