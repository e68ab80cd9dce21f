package parley.client.cli;

/**
 * Tells whether standard error is seen by a person, which Java cannot find out; {@code
 * scripts/parley} says so.
 */
final class ErrorTerminal {

  private static final String PROPERTY = "parley.stderr.terminal";

  private ErrorTerminal() {}

  static boolean isTerminal() {
    return Boolean.getBoolean(PROPERTY);
  }
}
