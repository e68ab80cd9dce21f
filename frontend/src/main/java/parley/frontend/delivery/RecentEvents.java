package parley.frontend.delivery;

/**
 * The newest events of the timeline in a ring, for the sessions that are a little behind: bounded
 * by number and by bytes, cheap to scan.
 *
 * <p>Holds exactly the indexes {@code firstIndex() <= i <= lastIndex()}; owned by the loop.
 */
final class RecentEvents {
  /** In place of a subject: the event concerns no session. */
  private static final int NOBODY = -1;

  private static final int OVERHEAD_BYTES = 32;

  private final int mask;
  private final long bytesMax;

  /** The author of a post; {@code -2 - id} of who follows or unfollows; or {@link #NOBODY}. */
  private final int[] subjects;

  private final int[] followees;
  private final byte[][] messages;
  private long firstIndex = 1;
  private long lastIndex;
  private long bytes;

  /**
   * @param count a power of two
   * @param bytesMax bound for the encoded posts held
   */
  RecentEvents(int count, long bytesMax) {
    if (Integer.bitCount(count) != 1) {
      throw new IllegalArgumentException("not a power of two: " + count);
    }
    this.mask = count - 1;
    this.bytesMax = bytesMax;
    this.subjects = new int[count];
    this.followees = new int[count];
    this.messages = new byte[count][];
  }

  /** Begins anew, empty, behind this index. */
  void restart(long index) {
    while (firstIndex <= lastIndex) {
      dropFirst();
    }
    firstIndex = index + 1;
    lastIndex = index;
  }

  long firstIndex() {
    return firstIndex;
  }

  long lastIndex() {
    return lastIndex;
  }

  /** Whether so much is held before this index that its reader will not soon fall out again. */
  boolean holdsComfortably(long index) {
    return index >= firstIndex + (lastIndex - firstIndex) / 4;
  }

  void addPost(int author, byte[] message) {
    add(author, 0, message);
  }

  void addFollow(int follower, int followee) {
    add(-2 - follower, followee, null);
  }

  void addUnfollow(int follower, int followee) {
    add(-2 - follower, ~followee, null);
  }

  /** An event that concerns no session, for its index. */
  void addOther() {
    add(NOBODY, 0, null);
  }

  /**
   * The first index, from this one to {@code last}, at which somebody of {@code follows} posts or
   * {@code user} follows or unfollows; {@code last + 1} if there is none.
   */
  long nextFor(int user, IntSet follows, long from, long last) {
    int edgeOfUser = -2 - user;
    long index = from;
    for (; index <= last; index++) {
      int subject = subjects[(int) index & mask];
      if (subject >= 0 ? follows.contains(subject) : subject == edgeOfUser) {
        break;
      }
    }
    return index;
  }

  boolean isPost(long index) {
    return subjects[(int) index & mask] >= 0;
  }

  /** Who is followed from this index on or, as {@code ~id}, no longer followed. */
  int followee(long index) {
    return followees[(int) index & mask];
  }

  byte[] message(long index) {
    return messages[(int) index & mask];
  }

  private void add(int subject, int followee, byte[] message) {
    if (lastIndex - firstIndex == mask) {
      dropFirst();
    }
    int slot = (int) ++lastIndex & mask;
    subjects[slot] = subject;
    followees[slot] = followee;
    messages[slot] = message;
    bytes += size(message);
    while (bytes > bytesMax && firstIndex < lastIndex) {
      dropFirst();
    }
  }

  private void dropFirst() {
    int slot = (int) firstIndex++ & mask;
    bytes -= size(messages[slot]);
    messages[slot] = null;
  }

  private static int size(byte[] message) {
    return OVERHEAD_BYTES + (message == null ? 0 : message.length);
  }
}
