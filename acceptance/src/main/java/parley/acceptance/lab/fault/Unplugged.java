package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Wires;

/** A host's network interface goes down, and up again. */
public record Unplugged(int host) implements Fault {

  @Override
  public String name() {
    return "interface of host " + host + " down";
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
    wires.unplug(host);
    return new Injury(() -> wires.plug(host));
  }
}
