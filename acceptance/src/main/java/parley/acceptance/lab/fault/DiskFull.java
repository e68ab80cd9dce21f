package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import parley.acceptance.lab.LocalCluster;

/** A host's own disk fills up, and is freed again. */
public record DiskFull(int host) implements Fault {

  @Override
  public String name() {
    return "disk of host " + host + " full";
  }

  @Override
  public Set<Integer> frontendsHit() {
    return Set.of();
  }

  @Override
  public Optional<String> obstacle(LocalCluster hosts) {
    return hosts.disks().obstacle();
  }

  @Override
  public Injury inject(LocalCluster hosts) throws IOException {
    hosts.disks().fill(host);
    return new Injury(() -> hosts.disks().free(host));
  }
}
