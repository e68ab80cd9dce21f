package parley.timelineservice.timeline;

/** What clients may ask of the timeline. */
public sealed interface Command {

  /**
   * A frontend's new incarnation (the entry's client) takes the place of {@code replaces} on its
   * host (R11).
   */
  record Register(int host, long replaces) implements Command {}

  /** Makes a user known. */
  record CreateUser(String name) implements Command {}

  /** From this entry's index on, {@code follower} follows {@code followee}. */
  record Follow(String follower, String followee) implements Command {}

  /** From this entry's index on, {@code follower} no longer follows {@code followee}. */
  record Unfollow(String follower, String followee) implements Command {}

  /**
   * A post; the time is the author's own clock, shown to people and never used for ordering.
   *
   * @param key under which it takes effect at most once, or {@link PostKey#NONE}
   */
  record Post(String author, String text, long seconds, int nanos, boolean hasTime, PostKey key)
      implements Command {

    /** A post without a key. */
    public Post(String author, String text, long seconds, int nanos, boolean hasTime) {
      this(author, text, seconds, nanos, hasTime, PostKey.NONE);
    }
  }

  /**
   * Tells a post from all others of its author, so that its client may send it again through
   * another frontend.
   *
   * @param writer drawn by the client at random; 0 for none
   * @param sequence the writer's posts are numbered without gaps from 1
   */
  record PostKey(long writer, long sequence) {
    /** Of a post that is sent once. */
    public static final PostKey NONE = new PostKey(0, 0);
  }
}
