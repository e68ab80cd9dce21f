package parley.frontend.store;

/** What a frontend asks of the timeline on behalf of its users. */
public sealed interface Command {

  /** Makes a user known. */
  record CreateUser(String name) implements Command {}

  /** {@code follower} wants to receive what {@code followee} posts. */
  record Follow(String follower, String followee) implements Command {}

  /** {@code follower} no longer wants to. */
  record Unfollow(String follower, String followee) implements Command {}

  /**
   * A post; the time is the author's own clock, shown to people and never used for ordering.
   *
   * @param writer with {@code sequence} the key under which it takes effect at most once, through
   *     whichever frontends it comes; 0 for none
   */
  record Post(
      String author,
      String text,
      long seconds,
      int nanos,
      boolean hasTime,
      long writer,
      long sequence)
      implements Command {

    /** A post without a key. */
    public Post(String author, String text, long seconds, int nanos, boolean hasTime) {
      this(author, text, seconds, nanos, hasTime, 0, 0);
    }
  }
}
