package parley.proto;

import io.grpc.Status;

/** A gRPC status in one line for people. */
public final class StatusWords {
  /** So gRPC describes whatever happened to a connection; what it was, the cause says. */
  private static final String IO_ERROR = "io exception";

  /** Netty names the system call before what a reader wants to know. */
  private static final String SYSTEM_CALL = "^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ";

  private StatusWords() {}

  /** Its description, or what caused it where that says more, or else its code. */
  public static String of(Status status) {
    String cause = status.getCause() == null ? null : status.getCause().getMessage();
    String description = status.getDescription();
    boolean causeSaysMore = description == null || description.equals(IO_ERROR);
    String words = causeSaysMore && cause != null ? cause : description;
    return words == null
        ? status.getCode().name()
        : words.replaceFirst(SYSTEM_CALL, "").replaceAll("\\s*\\R\\s*", " ");
  }
}
