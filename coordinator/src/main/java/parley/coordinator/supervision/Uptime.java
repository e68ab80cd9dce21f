package parley.coordinator.supervision;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/** The time since this machine was started: one clock for all its processes, which nobody sets. */
final class Uptime {
  private static final Path FILE = Path.of("/proc/uptime");

  private Uptime() {}

  static long millis() {
    try {
      String seconds = Files.readString(FILE).split(" ")[0];
      return new BigDecimal(seconds).movePointRight(3).longValue();
    } catch (IOException e) {
      throw new IllegalStateException(FILE + " cannot be read: " + e.getMessage(), e);
    }
  }
}
