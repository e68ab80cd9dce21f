package parley.acceptance.lab;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What three hosts and their clients are connected by. */
public sealed interface Network extends AutoCloseable permits LoopbackNetwork, NamespaceNetwork {

  /**
   * The network that this JVM is in: namespaces where {@link LabMain} has started it in the
   * clients' one, else loopback addresses that nobody else uses.
   */
  static Network ofThisProcess() throws IOException {
    Optional<NamespaceNetwork> own = NamespaceNetwork.ofThisProcess();
    return own.isPresent() ? own.get() : loopback();
  }

  /** Loopback addresses that nobody else uses. */
  static Network loopback() throws IOException {
    return LoopbackNetwork.reserve(new Random());
  }

  /** The address of a host, as its clients and the other hosts see it. */
  String address(int host);

  /** The command that runs another one on a host. */
  List<String> onHost(int host, List<String> command);

  /** The cables between the hosts, where there are some: only these can be cut. */
  Optional<Wires> wires();

  /** Heals every wire, and gives back what was taken for this network. */
  @Override
  void close();
}
