package parley.client;

import java.util.ArrayList;
import java.util.List;

/**
 * Where one server listens, so that every command reads and prints addresses in one way.
 *
 * @param host a name or a numeric address, an IPv6 one without brackets
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {

  private static final int PORT_MAX = 65_535;

  public ServerAddress {
    if (host.isBlank()) {
      throw new IllegalArgumentException("a server address needs a host, as in 127.0.0.1:3055");
    }
    if (port < 1 || port > PORT_MAX) {
      throw new IllegalArgumentException("port " + port + " is not within 1.." + PORT_MAX);
    }
  }

  /**
   * Reads {@code host[:port][,host[:port]…]}; IPv6 addresses stand in brackets.
   *
   * @throws IllegalArgumentException with a message for people, if it is none
   */
  public static List<ServerAddress> parseList(String text, int defaultPort) {
    List<ServerAddress> addresses = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      addresses.add(parse(part.strip(), defaultPort));
    }
    return List.copyOf(addresses);
  }

  private static ServerAddress parse(String text, int defaultPort) {
    int bracket = text.indexOf(']');
    boolean bracketed = text.startsWith("[") && bracket > 0;
    int colon = text.indexOf(':', bracketed ? bracket : 0);
    if (!bracketed && colon != text.lastIndexOf(':')) {
      throw new IllegalArgumentException(
          "'" + text + "' has several colons: write an IPv6 address as [::1]:" + defaultPort);
    }
    String host = colon < 0 ? text : text.substring(0, colon);
    int port = colon < 0 ? defaultPort : parsePort(text, text.substring(colon + 1));
    return new ServerAddress(bracketed ? text.substring(1, bracket) : host, port);
  }

  private static int parsePort(String text, String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not host:port: '" + digits + "' is not a number", e);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
