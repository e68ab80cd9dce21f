package parley.acceptance.lab.fault;

import java.io.IOException;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.ServiceProcess;

/**
 * One process stops in its tracks and goes on when healed, before supervision takes it for hung: it
 * still believes what it knew, though others may have taken its place.
 */
public record Nap(Role role, int host) implements OfProcess {

  @Override
  public String name() {
    return "SIGSTOP and SIGCONT of the " + role.label() + " of host " + host;
  }

  @Override
  public Injury inject(LocalCluster hosts) throws IOException, InterruptedException {
    ServiceProcess sleeper = hosts.running(role, host);
    hosts.pause(sleeper);
    return new Injury(() -> hosts.resumeIfThere(sleeper));
  }
}
