package parley.acceptance.load;

/**
 * When one author's newest posts were due and through which frontend they went, until they are
 * delivered there. Bounded: a post so old that its place was taken is not measured. Any thread may
 * call.
 */
final class SendBook {

  private static final int POSTS_MAX = 1 << 15;
  private static final int DONE = 0;

  private final int[] numbers = new int[POSTS_MAX];
  private final int[] hosts = new int[POSTS_MAX];
  private final long[] dueNanos = new long[POSTS_MAX];

  synchronized void sending(int number, int host, long due) {
    int place = number % POSTS_MAX;
    numbers[place] = number;
    hosts[place] = host;
    dueNanos[place] = due;
  }

  /** Notes a delivery at a host; true for the first of a post that was sent through that host. */
  synchronized boolean acknowledge(int number, int host) {
    int place = number % POSTS_MAX;
    if (numbers[place] != number || hosts[place] != host) {
      return false;
    }
    hosts[place] = DONE;
    return true;
  }

  synchronized long dueNanos(int number) {
    return dueNanos[number % POSTS_MAX];
  }
}
