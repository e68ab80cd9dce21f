package parley.acceptance.faults;

import java.util.Set;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.fault.DiskLoss;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Hang;
import parley.acceptance.lab.fault.HostLoss;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.lab.fault.PowerCut;
import parley.acceptance.lab.fault.Together;
import parley.acceptance.load.Load;

/** Tells a load what a fault may do to it, before it is done, and when that is over. */
final class Harm {

  private final Load load;
  private final Fault fault;

  Harm(Load load, Fault fault) {
    this.load = load;
    this.fault = fault;
  }

  void begin() {
    fault.frontendsHit().forEach(host -> load.unreachable(host, endsFrontend(fault)));
  }

  void end() {
    fault.frontendsHit().forEach(load::reachable);
  }

  // Also one that hangs: it is killed by those who watch it.
  private static boolean endsFrontend(Fault fault) {
    if (fault instanceof Together together) {
      return together.faults().stream().anyMatch(Harm::endsFrontend);
    } else if (fault instanceof Kill kill) {
      return kill.role() == Role.FRONTEND;
    } else if (fault instanceof Hang hang) {
      return hang.role() == Role.FRONTEND;
    }
    return Set.of(HostLoss.class, DiskLoss.class, PowerCut.class).contains(fault.getClass());
  }
}
