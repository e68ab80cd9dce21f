package parley.client.cli;

/**
 * Why a command has failed, in one line that says what and, where somebody can put it right, how.
 */
final class UserError extends Exception {

  private final int exitCode;

  private UserError(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  UserError(String message, Throwable cause) {
    this(ExitCode.FAILURE, message, cause);
  }

  UserError(String message) {
    this(message, null);
  }

  /** Nobody has answered in time. */
  static UserError unreachable(String message) {
    return new UserError(ExitCode.UNREACHABLE, message, null);
  }

  int exitCode() {
    return exitCode;
  }
}
