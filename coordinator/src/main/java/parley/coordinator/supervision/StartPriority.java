package parley.coordinator.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A process that starts lets those go first that serve: a JVM needs a second of processor time
 * before it is of use, and on a small machine that would be felt by everybody. {@code process.sh}
 * puts the new process's autogroup (sched(7)) behind the others', and the process itself takes it
 * back to the middle here. Nothing of it needs privileges; a kernel without autogroups goes
 * without.
 *
 * <p>May be called by any thread, one at a time.
 */
final class StartPriority {
  /** Longest that a process that does not come to serve lets others go first. */
  private static final long START_MS_MAX = 10_000;

  private static final Path AUTOGROUP = Path.of("/proc/self/autogroup");
  private static final String NORMAL = "0";

  private final long startedAt = Uptime.millis();
  private boolean ended;

  /** Whether a process that still does not serve has let others go first for long enough. */
  boolean isOverdue() {
    return Uptime.millis() - startedAt > START_MS_MAX;
  }

  /** Ends it, unless the kernel refuses to so shortly after another change: then call again. */
  void end() {
    if (ended) {
      return;
    }
    try {
      Files.writeString(AUTOGROUP, NORMAL, StandardOpenOption.WRITE);
      ended = true;
    } catch (NoSuchFileException e) {
      ended = true;
    } catch (IOException e) {
      // EAGAIN; the caller comes again.
    }
  }
}
