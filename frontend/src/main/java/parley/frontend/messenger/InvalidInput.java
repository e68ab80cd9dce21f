package parley.frontend.messenger;

/** Says to a client in one line what was wrong with which value; no stack trace, no cause. */
final class InvalidInput extends Exception {
  InvalidInput(String message) {
    super(message, null, false, false);
  }
}
