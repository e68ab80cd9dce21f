package parley.frontend.store;

/** Where chunks go: an open line to the primary, after registration. */
interface SubmitLine {

  /** Whether a chunk can be taken without building a queue. */
  boolean isReady();

  /**
   * Sends a chunk.
   *
   * @param acknowledgedNumber all results up to this one have arrived
   */
  void submit(Chunk chunk, long acknowledgedNumber);

  /** The primary's answers contradict what was sent: ends the line, to begin anew on another. */
  void reject(String why);
}
