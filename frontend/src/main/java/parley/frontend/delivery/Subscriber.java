package parley.frontend.delivery;

/** Where a session's posts go. Called on the loop only. */
public interface Subscriber {

  /**
   * Whether another post can be taken without building a queue. After an answer of false, {@link
   * Fanout#onReady} must be called once that has changed.
   */
  boolean isReady();

  /**
   * Takes one encoded post.
   *
   * @param index its place in the timeline
   */
  void deliver(long index, byte[] message);
}
