package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Wires;

/** A host's link carries so many kilobits per second. */
public record SlowLink(int host, int kilobits) implements Fault {

  @Override
  public String name() {
    return "link of host %d at %,d kbit/s".formatted(host, kilobits);
  }

  @Override
  public Set<Integer> frontendsHit() {
    return Set.of(host);
  }

  @Override
  public Optional<String> obstacle(LocalCluster hosts) {
    return Wired.obstacle(hosts);
  }

  @Override
  public Injury inject(LocalCluster hosts) throws IOException, InterruptedException {
    Wires wires = hosts.wires().orElseThrow();
    wires.throttle(host, kilobits);
    return new Injury(() -> wires.throttleNoMore(host));
  }
}
