package parley.frontend.call;

import parley.frontend.store.Command;

/**
 * Decides how many further posts a stream may send, so that all streams together hold a bounded
 * number of bytes and each has its share. Beyond that, HTTP/2 flow control makes clients wait.
 *
 * <p>One half of the bytes is for posts that were taken and are not committed, the other for
 * messages that were asked for and may come at any time, each counted as the largest possible. A
 * stream with nothing under way may always have one, so nobody waits for ever. Owned by the loop.
 */
public final class PostBudget {
  private static final int WINDOW_MAX = 128;
  private static final int OVERHEAD_BYTES = 256;

  private final long halfBytes;
  private final int postsPerStream;
  private final int largestPostBytes;
  private int streams;
  private long takenBytes;

  /**
   * @param bytes for all streams together
   * @param postsPerStream posts of one stream that may be under way
   * @param rules the largest post that can come
   */
  public PostBudget(long bytes, int postsPerStream, InputRules rules) {
    this.halfBytes = bytes / 2;
    this.postsPerStream = postsPerStream;
    this.largestPostBytes = rules.nameBytesMax() + rules.textBytesMax() + OVERHEAD_BYTES;
  }

  /** A stream begins. */
  public void addStream() {
    streams++;
  }

  /** A stream has ended. */
  public void removeStream() {
    streams--;
  }

  /** A post is held from now on. */
  public void take(Command.Post post) {
    takenBytes += bytes(post);
  }

  /** A post is no longer held. */
  public void release(Command.Post post) {
    takenBytes -= bytes(post);
  }

  /**
   * How many messages a stream is to ask for now.
   *
   * @param underWay its posts that were taken and are not done with
   * @param requested its messages that were asked for and have not come
   */
  public int grant(int underWay, int requested) {
    if (underWay + requested == 0) {
      return 1 + Math.max(0, room(0, 1));
    }
    int room = room(underWay, requested);
    // In portions: asking for each message singly would cost more than the message.
    return requested == 0 || room >= window() / 4 ? Math.max(0, room) : 0;
  }

  long takenBytes() {
    return takenBytes;
  }

  private int room(int underWay, int requested) {
    return takenBytes >= halfBytes ? 0 : Math.min(window(), postsPerStream - underWay) - requested;
  }

  private int window() {
    long share = halfBytes / largestPostBytes / Math.max(1, streams);
    return (int) Math.max(1, Math.min(WINDOW_MAX, share));
  }

  /** Texts are kept in memory with up to two bytes a char. */
  private static long bytes(Command.Post post) {
    return OVERHEAD_BYTES + 2L * post.text().length();
  }
}
