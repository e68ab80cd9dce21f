package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Wires;

/** A host and its clients do not see each other; the other hosts see it. */
public record ClientsCut(int host) implements Fault {

  @Override
  public String name() {
    return "cut between host " + host + " and its clients";
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
    wires.blockClients(host);
    return new Injury(() -> wires.unblockClients(host));
  }
}
