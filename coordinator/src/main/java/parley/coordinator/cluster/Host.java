package parley.coordinator.cluster;

/**
 * One machine of the cluster, as a {@code server.N} line of {@code zoo.cfg} names it.
 *
 * @param id the N of the line, 1 to 255
 * @param address the name or IPv4 address under which the other hosts and the clients reach it
 */
public record Host(int id, String address) {
  /** This host's endpoint at a port, as {@code address:port}. */
  public String at(int port) {
    return address + ":" + port;
  }

  /** The name used wherever people see this host: folders, znodes, logs. */
  public String name() {
    return "host" + id;
  }
}
