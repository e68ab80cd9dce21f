package parley.coordinator.supervision;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.TriggeringPolicyBase;
import java.io.File;

/**
 * Rotates a log by its size alone. Logback's own policy looks only so often by the wall clock, and
 * would look no more for as long as a clock was set back.
 */
final class SizeBound extends TriggeringPolicyBase<ILoggingEvent> {
  private final long bytesMax;

  /**
   * @param bytesMax the size from which on the file is rotated
   */
  SizeBound(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  @Override
  public boolean isTriggeringEvent(File activeFile, ILoggingEvent event) {
    return activeFile.length() >= bytesMax;
  }
}
