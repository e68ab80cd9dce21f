package parley.acceptance.lab;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One running process of a host. */
public record ServiceProcess(Role role, int host, long pid) {
  /** How long ago it was started; endless if it has ended. */
  public Duration age() {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(start -> Duration.between(start, Instant.now()))
        .orElse(ChronoUnit.FOREVER.getDuration());
  }

  @Override
  public String toString() {
    return role.label() + " of host " + host + " (pid " + pid + ")";
  }
}
