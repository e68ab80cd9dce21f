package parley.acceptance.history;

/**
 * One thing that clients did or saw, or that was done to the hosts. Events stand in the order in
 * which they happened: what a client did is noted before it is done, what it saw after it was seen.
 */
public sealed interface Event {

  /** One user has followed another, before either had a stream. */
  record Followed(String follower, String followee) implements Event {}

  /** A Login was answered. */
  record LoggedIn(String user, int host, String answer) implements Event {}

  /**
   * A user opens a Chat.
   *
   * @param stream a number that no other stream has
   * @param first the number, among all posts of this user, of the first one over this stream
   */
  record Opened(int stream, String user, int host, int first) implements Event {}

  /** An old post arrived: one that history showed when the stream was opened. */
  record Shown(int stream, String author, int number) implements Event {}

  /** A live post arrived. */
  record Delivered(int stream, String author, int number) implements Event {}

  /** Something arrived that is no post of anybody. */
  record Strange(int stream, String what) implements Event {}

  /**
   * A stream is over.
   *
   * @param sent how many posts were sent over it
   * @param ok whether its user half-closed it and the server answered OK, so that every post of it
   *     is acknowledged
   * @param how what the server said, for people
   */
  record Ended(int stream, int sent, boolean ok, String how) implements Event {}

  /**
   * From here on, and until {@link Reachable}, streams to a host's frontend may break.
   *
   * @param dies the frontend's process ends, and all that it knows with it; else clients merely do
   *     not reach it
   */
  record Unreachable(int host, boolean dies) implements Event {}

  /** From here on, streams opened to a host's frontend must not break any more. */
  record Reachable(int host) implements Event {}

  /** So much time has passed since the beginning; for people who compare with logs. */
  record Passed(long millis) implements Event {}

  /** All posts have been sent, and all had the time to arrive everywhere. */
  record Settled() implements Event {}
}
