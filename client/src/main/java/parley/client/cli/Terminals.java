package parley.client.cli;

/**
 * Tells whether a person types and sees what is printed, which Java cannot find out; {@code
 * scripts/parley} says so.
 */
final class Terminals {

  private static final String IN = "parley.stdin.terminal";
  private static final String OUT = "parley.stdout.terminal";
  private static final String ERR = "parley.stderr.terminal";

  private Terminals() {}

  /** Whether lines can be edited as they are typed. */
  static boolean isInteractive() {
    return Boolean.getBoolean(IN) && isOut();
  }

  static boolean isOut() {
    return Boolean.getBoolean(OUT);
  }

  static boolean isErr() {
    return Boolean.getBoolean(ERR);
  }
}
