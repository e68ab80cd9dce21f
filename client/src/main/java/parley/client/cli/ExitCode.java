package parley.client.cli;

/** What the command line's exit statuses mean; scripts depend on these numbers. */
final class ExitCode {

  static final int OK = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;

  /** Nobody has answered in time: what was asked for may or may not have been done. */
  static final int UNREACHABLE = 4;

  /** Ended by Ctrl-C before it was done; what shells use for it. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
