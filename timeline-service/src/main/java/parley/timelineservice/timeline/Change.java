package parley.timelineservice.timeline;

/**
 * One change of the state that is derived from the log: what storage writes for an applied slot
 * (R9), and, read back in the same terms, what a {@link Timeline} is rebuilt from.
 */
public sealed interface Change {

  /** A new user; ids are given in order of creation from 0. */
  record UserCreated(int id, String name, long index) implements Change {}

  /** A follow that is in force since this index. */
  record Followed(int follower, int followee, long sinceIndex) implements Change {}

  /** The follow is no longer in force. */
  record Unfollowed(int follower, int followee) implements Change {}

  /** The host's current incarnation, and the last number it used up. */
  record ClientStands(long client, int host, long lastNumber) implements Change {}

  /** The client is refused from now on; its outcomes are forgotten. */
  record ClientSuperseded(long client) implements Change {}

  /** An outcome other than DONE, to be told again if the entry comes again. */
  record OutcomeKept(long client, long number, Outcome outcome) implements Change {}

  /** The author's posts of this writer have taken effect up to this one, which has this index. */
  record WriterStands(int author, long writer, long sequence, long index) implements Change {}

  /** Nothing is known of the author's writer any more. */
  record WriterForgotten(int author, long writer) implements Change {}

  /** The client's outcome under this number is no longer kept. */
  record OutcomeForgotten(long client, long number) implements Change {}
}
