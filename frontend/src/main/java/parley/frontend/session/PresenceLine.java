package parley.frontend.session;

/**
 * Tells the primary who is connected here. Answers come to {@link Presence} in the order of the
 * questions. Called on the loop only.
 */
public interface PresenceLine {

  /** The name wants to count as connected here; answered through {@link Presence#onClaimed}. */
  void claim(long id, String name, boolean join);

  /** The name is no longer connected here; answered through {@link Presence#onReleased}. */
  void release(long id, String name);
}
