package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import parley.acceptance.lab.LocalCluster;

/** A whole host dies in an instant, and is started again. */
public record HostLoss(int host) implements Fault {

  @Override
  public String name() {
    return "kill -9 of everything on host " + host;
  }

  @Override
  public Set<Integer> frontendsHit() {
    return Set.of(host);
  }

  @Override
  public Optional<String> obstacle(LocalCluster hosts) {
    return Optional.empty();
  }

  @Override
  public Injury inject(LocalCluster hosts) throws IOException, InterruptedException {
    return new Injury(hosts.powerOff(Set.of(host)), () -> hosts.start(host).orThrow());
  }
}
