package parley.coordinator.supervision;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.TriggeringPolicyBase;
import ch.qos.logback.core.util.FileSize;
import java.io.File;

/**
 * Rotates a log by its size alone. Logback's own policy looks only so often by the wall clock, and
 * would look no more for as long as a clock was set back.
 *
 * <p>Public and with a setter because {@code logback-service.xml} names it.
 */
public final class SizeBound extends TriggeringPolicyBase<ILoggingEvent> {
  private long bytesMax = Long.MAX_VALUE;

  /** The size above which the file is rotated, in bytes or with a unit: {@code 10MB}. */
  public void setMaxFileSize(String size) {
    bytesMax = FileSize.valueOf(size).getSize();
  }

  @Override
  public boolean isTriggeringEvent(File activeFile, ILoggingEvent event) {
    return activeFile.length() >= bytesMax;
  }
}
