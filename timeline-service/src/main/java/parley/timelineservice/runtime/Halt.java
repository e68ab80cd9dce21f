package parley.timelineservice.runtime;

/**
 * Ends the process at once: what went wrong cannot be repaired inside it, and supervision starts it
 * anew.
 */
@FunctionalInterface
public interface Halt {

  /** Says why in one line for people, then ends the process. */
  void halt(String why, Throwable cause);
}
