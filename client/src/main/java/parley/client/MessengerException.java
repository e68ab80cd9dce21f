package parley.client;

import io.grpc.Status;
import parley.proto.StatusWords;

/** What a person is told when a call failed: which server said what, in one line. */
public final class MessengerException extends Exception {

  /** What the caller may believe about the call. */
  public enum Kind {
    /** The server refused it and nothing happened; the message says why. */
    REFUSED,
    /** No answer: it may or may not have been executed. */
    UNREACHABLE
  }

  private final Kind kind;

  MessengerException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  static MessengerException of(String server, Throwable failure) {
    Status status = Status.fromThrowable(failure);
    String said = StatusWords.of(status);
    return switch (status.getCode()) {
      case NOT_FOUND, INVALID_ARGUMENT, FAILED_PRECONDITION, ALREADY_EXISTS, UNIMPLEMENTED ->
          new MessengerException(Kind.REFUSED, said, failure);
      case DEADLINE_EXCEEDED ->
          new MessengerException(Kind.UNREACHABLE, server + " did not answer in time", failure);
      case UNAVAILABLE ->
          new MessengerException(
              Kind.UNREACHABLE, "the connection to " + server + " broke: " + said, failure);
      default ->
          new MessengerException(
              Kind.UNREACHABLE, server + " failed: " + status.getCode() + ", " + said, failure);
    };
  }

  public Kind kind() {
    return kind;
  }
}
