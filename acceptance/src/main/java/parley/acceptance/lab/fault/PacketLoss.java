package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Wires;

/** A share of the packets that a host receives gets lost. */
public record PacketLoss(int host, double share) implements Fault {

  @Override
  public String name() {
    return "%.0f %% of the packets to host %d lost".formatted(100 * share, host);
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
    wires.lose(host, share);
    return new Injury(() -> wires.loseNoMore(host, share));
  }
}
