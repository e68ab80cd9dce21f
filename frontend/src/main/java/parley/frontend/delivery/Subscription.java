package parley.frontend.delivery;

/**
 * Up to where one session has received the timeline.
 *
 * <p>Either <i>live</i>: it has received everything up to the newest applied index, and {@link
 * Fanout} hands it each new post. Or behind: it has received everything up to {@code position} and
 * holds nothing but that number and {@code follows}, the users followed as of {@code position}.
 * Belongs to {@link Fanout}.
 */
public final class Subscription {
  final int user;
  final Subscriber subscriber;
  final IntSet follows = new IntSet();
  private final long startIndex;

  /** Meaningful while not live. */
  long position;

  boolean live;
  boolean started;
  boolean closed;
  boolean queued;
  CatchUp catchUp;

  Subscription(int user, Subscriber subscriber, long startIndex) {
    this.user = user;
    this.subscriber = subscriber;
    this.startIndex = startIndex;
    this.position = startIndex;
  }

  /** Live delivery begins behind this index; history ends at it. */
  public long startIndex() {
    return startIndex;
  }

  void lagFrom(long index) {
    live = false;
    position = index;
  }

  /**
   * @param followee as {@link RecentEvents#followee} gives it
   */
  void onEdge(int followee) {
    if (followee >= 0) {
      follows.add(followee);
    } else {
      follows.remove(~followee);
    }
  }

  /** A reading of the log for a session whose position has left the ring. */
  static final class CatchUp {
    Backlog.Reader reader;

    /** The run being delivered; null while the next one is on its way. */
    AppliedRun run;

    /** How many have been delivered. */
    int runs;
  }
}
