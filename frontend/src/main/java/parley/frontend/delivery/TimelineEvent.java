package parley.frontend.delivery;

/** What took effect at one index of the timeline, as far as delivery cares. */
public sealed interface TimelineEvent {

  /** A user exists from now on. */
  record UserCreated(String name) implements TimelineEvent {}

  /** From this index on, {@code follower} receives what {@code followee} posts. */
  record Followed(String follower, String followee) implements TimelineEvent {}

  /** From this index on, {@code follower} no longer receives what {@code followee} posts. */
  record Unfollowed(String follower, String followee) implements TimelineEvent {}

  /**
   * A post.
   *
   * @param message encoded as followers receive it: once for all of them, never changed
   */
  record Posted(String author, byte[] message) implements TimelineEvent {}
}
