package parley.acceptance.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The network of a {@link Laboratory}: this JVM is in its clients' namespace, each host in another.
 */
final class NamespaceNetwork implements Network {

  private final Namespaces namespaces;
  private final NamespaceWires wires;

  private NamespaceNetwork(Namespaces namespaces) {
    this.namespaces = namespaces;
    this.wires = new NamespaceWires(namespaces);
  }

  /** The network in whose clients' namespace this JVM was started, if it was. */
  static Optional<NamespaceNetwork> ofThisProcess() {
    return Namespaces.ofThisProcess().map(NamespaceNetwork::new);
  }

  @Override
  public String address(int host) {
    return namespaces.address(host);
  }

  @Override
  public List<String> onHost(int host, List<String> command) {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespaces.host(host)));
    whole.addAll(command);
    return whole;
  }

  @Override
  public Optional<Wires> wires() {
    return Optional.of(wires);
  }

  @Override
  public void close() {
    wires.healAll();
  }
}
