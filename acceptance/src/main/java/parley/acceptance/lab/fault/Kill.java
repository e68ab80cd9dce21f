package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.List;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.ServiceProcess;

/** One process dies in an instant. */
public record Kill(Role role, int host) implements OfProcess {

  @Override
  public String name() {
    return "kill -9 of the " + role.label() + " of host " + host;
  }

  @Override
  public Injury inject(LocalCluster hosts) throws IOException, InterruptedException {
    ServiceProcess victim = hosts.running(role, host);
    hosts.kill(victim);
    return new Injury(List.of(victim), Injury.Cure.NONE);
  }
}
