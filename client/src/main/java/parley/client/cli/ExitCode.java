package parley.client.cli;

/** What the command line's exit statuses mean; scripts depend on these numbers. */
final class ExitCode {

  static final int OK = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;
  static final int INVALID_USERNAME = 3;

  /** Ended by Ctrl-C; what shells use for it. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
