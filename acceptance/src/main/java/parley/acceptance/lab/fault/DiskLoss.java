package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.ServiceProcess;

/** A whole host dies and loses its disk; it is started again with an empty one. */
public record DiskLoss(int host) implements Fault {

  @Override
  public String name() {
    return "loss of host " + host + " with its disk";
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
    List<ServiceProcess> victims = hosts.powerOff(Set.of(host));
    hosts.loseDisk(host);
    return new Injury(victims, () -> hosts.start(host).orThrow());
  }
}
