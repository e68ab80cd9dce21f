package parley.acceptance.lab;

import java.util.List;
import java.util.Optional;

/**
 * The names and addresses of a laboratory's network namespaces: one for its clients, which has the
 * bridge, and one per host, whose {@code eth0} ends there as {@code hostN}.
 *
 * @param name what all their names begin with
 */
record Namespaces(String name) {

  /** By which a JVM knows that it is in a clients' namespace, and in whose. */
  static final String PROPERTY = "parley.lab.namespaces";

  static final String BRIDGE = "bridge";

  private static final String SUBNET = "10.77.0.";
  private static final int CLIENTS_NUMBER = 100;

  static Optional<Namespaces> ofThisProcess() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Namespaces::new);
  }

  String clients() {
    return name + "c";
  }

  String host(int host) {
    return name + "h" + host;
  }

  List<String> all() {
    return List.of(clients(), host(1), host(2), host(3));
  }

  /** The clients' end of a host's cable. */
  String port(int host) {
    return "host" + host;
  }

  String address(int host) {
    return SUBNET + host;
  }

  String clientsAddress() {
    return SUBNET + CLIENTS_NUMBER;
  }
}
