package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.List;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.ServiceProcess;

/** One process stops in its tracks, and goes on when healed, if it has not been replaced. */
public record Hang(Role role, int host) implements OfProcess {

  @Override
  public String name() {
    return "SIGSTOP of the " + role.label() + " of host " + host;
  }

  @Override
  public Injury inject(LocalCluster hosts) throws IOException, InterruptedException {
    ServiceProcess victim = hosts.running(role, host);
    hosts.pause(victim);
    return new Injury(List.of(victim), () -> hosts.resumeIfThere(victim));
  }
}
