package parley.acceptance.lab;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** One running process of a host. */
public record ServiceProcess(Role role, int host, long pid) {

  /** The unit in which Linux tells of processes' starts, whatever its timer does (USER_HZ). */
  private static final long TICK_MILLIS = 10;

  /** Field 22 of proc(5)'s stat, counted from the third, which follows the name. */
  private static final int START_FIELD = 22 - 3;

  private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

  /** How long ago it was started, by a clock that nobody sets; endless if it has ended. */
  public Duration age() throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      Duration start = Duration.ofMillis(Long.parseLong(afterName[START_FIELD]) * TICK_MILLIS);
      return uptime().minus(start);
    } catch (NoSuchFileException e) {
      return ENDLESS;
    }
  }

  private static Duration uptime() throws IOException {
    String seconds = Files.readString(Path.of("/proc/uptime")).split(" ")[0];
    return Duration.ofMillis(new BigDecimal(seconds).movePointRight(3).longValue());
  }

  @Override
  public String toString() {
    return role.label() + " of host " + host + " (pid " + pid + ")";
  }
}
