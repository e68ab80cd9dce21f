package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Wires;

/** What one host sends to another gets lost, and not the other way round. */
public record OneWayCut(int from, int to) implements Fault {

  @Override
  public String name() {
    return "cut from host " + from + " to host " + to;
  }

  @Override
  public Set<Integer> frontendsHit() {
    return Set.of();
  }

  @Override
  public Optional<String> obstacle(LocalCluster hosts) {
    return Wired.obstacle(hosts);
  }

  @Override
  public Injury inject(LocalCluster hosts) throws IOException, InterruptedException {
    Wires wires = hosts.wires().orElseThrow();
    wires.block(from, to);
    return new Injury(() -> wires.unblock(from, to));
  }
}
