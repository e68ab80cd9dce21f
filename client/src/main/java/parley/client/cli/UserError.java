package parley.client.cli;

/** Something that the person who typed the command can put right; the message says what and how. */
final class UserError extends Exception {

  UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
