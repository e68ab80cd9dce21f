package parley.timelineservice.exploration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The replicas with which an exploration begins. */
final class Opening {

  private Opening() {}

  /** A cluster that is formed, or one that the first host leads as everybody knows. */
  static List<ExploredHost> hosts(Scope scope) {
    List<ExploredHost> hosts = new ArrayList<>();
    for (int host = 1; host <= scope.hosts(); host++) {
      hosts.add(new ExploredHost(scope, host));
    }
    if (scope.led()) {
      lead(hosts);
    }
    return hosts;
  }

  /** Everything arrives once and in order, everything is synced at once, and nothing is left. */
  private static void lead(List<ExploredHost> hosts) {
    ArrayDeque<ExploredHost.Packet> underWay = new ArrayDeque<>();
    ExploredHost first = hosts.get(0);
    underWay.addAll(first.step(new Input.Elect(first.electionsLeft() > 1)));
    while (!underWay.isEmpty() || hosts.stream().anyMatch(host -> host.queued() > 0)) {
      for (ExploredHost host : hosts) {
        if (host.queued() > 0) {
          underWay.addAll(host.step(new Input.Sync(host.queued())));
        }
      }
      if (!underWay.isEmpty()) {
        ExploredHost.Packet packet = underWay.remove();
        ExploredHost to = hosts.get(packet.to() - 1);
        underWay.addAll(to.step(new Input.Deliver(packet.envelope())));
      }
    }
  }
}
