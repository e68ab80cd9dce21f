package parley.frontend.call;

/** Says to a client in one line what was wrong with which value; no stack trace, no cause. */
public final class InvalidInput extends Exception {
  private final String what;

  /**
   * @param what the name of the value that is wrong
   */
  public InvalidInput(String what, String message) {
    super(message, null, false, false);
    this.what = what;
  }

  /** The name of the value that is wrong. */
  public String what() {
    return what;
  }
}
