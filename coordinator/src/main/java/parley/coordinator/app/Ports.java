package parley.coordinator.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.Host;
import parley.coordinator.supervision.Role;
import parley.coordinator.supervision.StartFailure;

/** Finds out before a start whether another program has a port that the host's processes need. */
final class Ports {
  /**
   * A port in use is looked at again for so long: who was killed just now may still have it, and
   * another start script that looks at the same moment has it as this one does.
   */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final ClusterConfig config;
  private final Host host;

  Ports(ClusterConfig config, Host host) {
    this.config = config;
    this.host = host;
  }

  /** The ports on which a role's process listens, at its host's address. */
  List<Integer> of(Role role) {
    return switch (role) {
      case COORDINATOR -> zooKeeperPorts();
      case TIMELINE_SERVICE -> List.of(config.settings().timelinePort());
      case FRONTEND -> List.of(config.settings().frontendPort());
    };
  }

  /**
   * Refuses a role whose ports cannot be had.
   *
   * @throws StartFailure a port is in use, or the host's address is none of this machine
   */
  void refuseUnusable(Role role) throws StartFailure {
    for (int port : of(role)) {
      InetSocketAddress address = new InetSocketAddress(host.address(), port);
      if (address.isUnresolved() || !isOwn(address)) {
        throw new StartFailure(
            StartFailure.MISUSED,
            "host %d is not this machine, which has no address %s; correct --host or the server lines of %s."
                .formatted(host.id(), host.address(), config.folder().resolve("zoo.cfg")));
      }
      String why = whyUnusable(address);
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (why != null && System.nanoTime() - end < 0) {
        LockSupport.parkNanos(LOOK_EVERY_NANOS);
        why = whyUnusable(address);
      }
      if (why != null) {
        throw new StartFailure(
            StartFailure.FAILED,
            "port %d of %s, which the %s needs, cannot be opened (%s); end the program that uses it (ss -ltnp) or change the port."
                .formatted(port, host.address(), role.label(), why));
      }
    }
  }

  /** Null if a server could listen there. */
  private static String whyUnusable(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address);
      return null;
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /** In {@code server.N=ADDRESS:2888:3888}: followers connect to the first, elections run there. */
  private List<Integer> zooKeeperPorts() {
    List<Integer> ports = new ArrayList<>();
    ports.add(config.zooKeeperClientPort());
    String[] server = config.zooKeeperProperties().get("server." + host.id()).split(":");
    ports.add(Integer.parseInt(server[1]));
    ports.add(Integer.parseInt(server[2]));
    return ports;
  }

  private static boolean isOwn(InetSocketAddress address) {
    try {
      return address.getAddress().isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address.getAddress()) != null;
    } catch (IOException e) {
      return false;
    }
  }
}
