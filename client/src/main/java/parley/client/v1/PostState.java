package parley.client.v1;

/** What has become of a post that was put into an outbox. */
public sealed interface PostState {

  /** It is kept here, and sent again until it is known to be safe. */
  record Pending() implements PostState {}

  /**
   * It is safe on a majority of the hosts, exactly once.
   *
   * @param index its place in the one order of everything; 0 if that is not known any more, because
   *     the author has posted a thousand times since
   */
  record Committed(long index) implements PostState {}

  /**
   * It was given up.
   *
   * @param why {@link ParleyException.Kind#INVALID} if the cluster does not take its text; it is in
   *     no timeline then. Else the outbox has failed or was closed, and the post may or may not
   *     have been made
   */
  record Failed(ParleyException why) implements PostState {}
}
