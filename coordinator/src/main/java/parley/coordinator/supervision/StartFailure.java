package parley.coordinator.supervision;

/**
 * Says in one line, for the person who starts a process, why it cannot run and what to do.
 *
 * <p>{@link HostProcess#run} prints {@link #getMessage()} alone and exits with {@link
 * #exitStatus()}.
 */
public final class StartFailure extends Exception {
  /** Bad arguments or configuration. */
  public static final int MISUSED = 2;

  /** Everything else. */
  public static final int FAILED = 1;

  private final int exitStatus;

  /** A failure with the exit status that it deserves, {@link #MISUSED} or {@link #FAILED}. */
  public StartFailure(int exitStatus, String message) {
    super(message);
    this.exitStatus = exitStatus;
  }

  /** What the process exits with; never 0. */
  public int exitStatus() {
    return exitStatus;
  }
}
