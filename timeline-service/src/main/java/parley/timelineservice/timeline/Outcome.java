package parley.timelineservice.timeline;

/** What came of a command. The order is that of the wire format's numbers from 1. */
public enum Outcome {
  /** It took effect and has an index. */
  DONE,
  /** CreateUser: the user exists already. */
  USER_EXISTS,
  /** Follow, Unfollow, Post: no such user, or oneself. */
  INVALID_USER,
  /** Follow: followed already. */
  ALREADY_FOLLOWING,
  /** Unfollow: not followed. */
  NOT_FOLLOWING,
  /** Post with a key: the writer's post of this number, or a later one, has taken effect. */
  ALREADY_POSTED,
  /** Post with a key: the writer's post before it is missing, or the writer was forgotten. */
  OUT_OF_SEQUENCE
}
