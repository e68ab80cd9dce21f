package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.ServiceProcess;

/**
 * A host's own disk fills up, and is freed again. Its timeline service dies of it as soon as a file
 * has to grow, and so do those that are started in its place as long as there is no room.
 */
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
    ServiceProcess victim = hosts.running(Role.TIMELINE_SERVICE, host);
    hosts.disks().fill(host);
    return new Injury(List.of(victim), () -> hosts.disks().free(host));
  }
}
