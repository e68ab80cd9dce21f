package parley.coordinator.supervision;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that starts lets those go first that serve: a JVM needs a second of processor time
 * before it is of use, and on a small machine that would be felt by everybody. {@code process.sh}
 * puts the new process's autogroup (sched(7)) behind the others', and the process itself takes it
 * back to the middle here. Nothing of it needs privileges; where the kernel does not group
 * processes by their sessions, nothing changes.
 *
 * <p>For one thread.
 */
final class StartPriority {
  /** Longest that a process that does not come to serve lets others go first. */
  private static final long START_NANOS_MAX = TimeUnit.SECONDS.toNanos(4);

  /** By when the kernel has taken the change, if it ever does. */
  private static final long TRY_NANOS_MAX = 3 * START_NANOS_MAX;

  private static final Logger log = LoggerFactory.getLogger(StartPriority.class);

  private static final String AUTOGROUP = "/proc/self/autogroup";
  private static final int NORMAL = '0';

  private final long startedNanos = System.nanoTime();
  private boolean ended;

  /**
   * Ends it if the process serves, or has let others go first for long enough. To be called again
   * and again: the kernel may refuse this shortly after another change.
   */
  void endIf(boolean serving) {
    long nanos = System.nanoTime() - startedNanos;
    if (ended || !serving && nanos < START_NANOS_MAX) {
      return;
    }
    // Not by a channel: to that EAGAIN is no IOException.
    try (FileOutputStream autogroup = new FileOutputStream(AUTOGROUP)) {
      autogroup.write(NORMAL);
      ended = true;
    } catch (FileNotFoundException e) {
      ended = true;
    } catch (IOException e) {
      // Most often EAGAIN: the caller comes again.
      if (nanos > TRY_NANOS_MAX) {
        ended = true;
        log.warn("This process goes on at a low priority, for {} cannot be written", AUTOGROUP, e);
      }
    }
  }
}
