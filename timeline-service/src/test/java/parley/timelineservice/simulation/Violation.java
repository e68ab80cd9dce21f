package parley.timelineservice.simulation;

/** A broken invariant, named by the check that noticed it. */
final class Violation extends AssertionError {

  private static final long serialVersionUID = 1;

  private final String check;

  Violation(String check, String message) {
    super(check + ": " + message);
    this.check = check;
  }

  /** The name of the check. */
  String check() {
    return check;
  }

  /** Throws unless it holds; the message is put together only then. */
  static void unless(boolean holds, String check, String format, Object... values) {
    if (!holds) {
      throw new Violation(check, format.formatted(values));
    }
  }
}
