package parley.client.v1;

/** Why a call has failed for good, in one line for people. */
public final class ParleyException extends Exception {

  /** What a program can make of it. */
  public enum Kind {
    /** An argument is wrong; nothing happened. */
    INVALID,
    /** There is no such user; nothing happened. */
    NOT_FOUND,
    /**
     * No frontend has answered in time: the call may or may not have had an effect. Calling again
     * is safe.
     */
    UNREACHABLE,
    /** The cluster refuses, or it does not know this call. */
    REFUSED,
    /** This client was closed. */
    CLOSED
  }

  private final Kind kind;

  ParleyException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
