package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Wires;

/** Two hosts do not see each other; everybody else sees both. */
public record Cut(int one, int other) implements Fault {

  @Override
  public String name() {
    return "cut between hosts " + one + " and " + other;
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
    wires.block(one, other);
    wires.block(other, one);
    return new Injury(
        () -> {
          wires.unblock(one, other);
          wires.unblock(other, one);
        });
  }
}
