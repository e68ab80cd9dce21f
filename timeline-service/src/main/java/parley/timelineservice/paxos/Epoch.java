package parley.timelineservice.paxos;

/**
 * A ballot (R1): unique without ZooKeeper, because it names the host that leads it and that host's
 * incarnation. Ordered by number, then host, then incarnation. Immutable.
 *
 * @param number chosen by the candidate above every number that it has seen; 0 only in {@link
 *     #NONE}
 * @param host the candidate's host number
 * @param incarnation the candidate's incarnation, drawn when its data folder was created
 */
public record Epoch(long number, int host, long incarnation) implements Comparable<Epoch> {

  /** Below every epoch that a candidate can pick. */
  public static final Epoch NONE = new Epoch(0, 0, 0);

  /** Whether this epoch is strictly above the other one. */
  public boolean above(Epoch other) {
    return compareTo(other) > 0;
  }

  /** The higher one of the two. */
  public static Epoch max(Epoch a, Epoch b) {
    return a.above(b) ? a : b;
  }

  @Override
  public int compareTo(Epoch other) {
    int byNumber = Long.compare(number, other.number);
    if (byNumber != 0) {
      return byNumber;
    }
    int byHost = Integer.compare(host, other.host);
    return byHost != 0 ? byHost : Long.compareUnsigned(incarnation, other.incarnation);
  }

  /** Short form for logs and people: {@code 7@2} is number 7 of host 2. */
  @Override
  public String toString() {
    return number + "@" + host;
  }
}
