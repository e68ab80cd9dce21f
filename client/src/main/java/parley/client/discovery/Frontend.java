package parley.client.discovery;

import java.net.SocketAddress;
import java.util.List;
import parley.client.ServerAddress;

/**
 * A frontend that can be connected to.
 *
 * @param address as the registry has it
 * @param sockets what its host name stands for, at least one
 */
record Frontend(ServerAddress address, List<SocketAddress> sockets) {
  Frontend {
    sockets = List.copyOf(sockets);
    if (sockets.isEmpty()) {
      throw new IllegalArgumentException(address + " has no socket address");
    }
  }
}
