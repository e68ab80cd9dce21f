package parley.acceptance.lab.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import parley.acceptance.lab.LocalCluster;

/** A host's clock is set forward or back, and is set right again. Also before it starts. */
public record ClockShift(int host, Duration by) implements Fault {

  @Override
  public String name() {
    return "clock of host %d set %s by %d h"
        .formatted(host, by.isNegative() ? "back" : "forward", by.abs().toHours());
  }

  @Override
  public Set<Integer> frontendsHit() {
    return Set.of();
  }

  @Override
  public Optional<String> obstacle(LocalCluster hosts) {
    return hosts.clocks().obstacle();
  }

  @Override
  public Injury inject(LocalCluster hosts) throws IOException {
    hosts.clocks().set(host, by);
    return new Injury(() -> hosts.clocks().set(host, Duration.ZERO));
  }
}
