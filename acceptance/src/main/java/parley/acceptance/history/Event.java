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
   * A user opens a Chat; or a user of the library begins, whose outbox and subscription together
   * are one stream, however many connections they need.
   *
   * @param stream a number that no other stream has
   * @param host whose frontend it is opened to, or {@link #ANYWHERE}
   * @param first the number, among all posts of this user, of the first one over this stream
   */
  record Opened(int stream, String user, int host, int first) implements Event {

    /** The library chooses the frontend. Nothing that happens to one may break such a stream. */
    public static final int ANYWHERE = 0;
  }

  /** An old post arrived: one that history showed when the stream was opened. */
  record Shown(int stream, String author, int number) implements Event {}

  /**
   * A live post arrived.
   *
   * @param index its place in the order of everything, as the library tells it; else 0
   */
  record Delivered(int stream, String author, int number, long index) implements Event {
    public Delivered(int stream, String author, int number) {
      this(stream, author, number, 0);
    }
  }

  /**
   * A post of an outbox was acknowledged.
   *
   * @param index its place in the order of everything; 0 if that is not known any more
   */
  record Committed(int stream, int number, long index) implements Event {}

  /**
   * A page of the home timeline of a stream's user showed a post. Pages are read from the newest
   * post to the oldest, when all have arrived.
   */
  record Listed(int stream, String author, int number, long index) implements Event {}

  /** A stream's library has another connection, or lost it; for people who compare with logs. */
  record Moved(int stream, String how) implements Event {}

  /** Something arrived that is no post of anybody. */
  record Strange(int stream, String what) implements Event {}

  /**
   * A stream is over.
   *
   * @param sent how many posts were sent over it
   * @param ok whether its user ended it and everything went well, so that every post of it is
   *     acknowledged
   * @param how what the server or the library said, for people
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
