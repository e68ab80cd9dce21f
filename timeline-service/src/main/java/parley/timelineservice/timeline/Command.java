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

  /** A post; the time is the author's own clock, shown to people and never used for ordering. */
  record Post(String author, String text, long seconds, int nanos, boolean hasTime)
      implements Command {}
}
