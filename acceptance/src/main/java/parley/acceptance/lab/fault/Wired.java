package parley.acceptance.lab.fault;

import java.util.Optional;
import parley.acceptance.lab.LocalCluster;

/** What all faults of a network have in common. */
final class Wired {

  private Wired() {}

  static Optional<String> obstacle(LocalCluster hosts) {
    return hosts.wires().isPresent()
        ? Optional.empty()
        : Optional.of("loopback addresses have no wires to cut: run it as root, by LabMain");
  }
}
