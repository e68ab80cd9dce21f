package parley.acceptance.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sends datagrams from host to host and has the receiving kernel count them, by a port on which
 * nobody listens: shows what a network does to packets without anything that would send them again.
 */
final class Datagrams {

  private static final String NOBODYS_PORT = "9";
  private static final String BYTES = "x".repeat(1_000);

  private final Network network;

  Datagrams(Network network) {
    this.network = network;
  }

  /**
   * Sends a burst, each datagram from a socket of its own: one that hears of an unreachable port
   * would not send the next.
   *
   * @param from a host, or 0 for the clients
   */
  void send(int from, int to, int burst) throws IOException, InterruptedException {
    String line =
        "for ((i = 0; i < %d; i++)); do printf %s >/dev/udp/%s/%s; done 2>/dev/null; true"
            .formatted(burst, BYTES, network.address(to), NOBODYS_PORT);
    List<String> command = List.of("bash", "-c", line);
    Command.run(from == 0 ? command : network.onHost(from, command));
  }

  /** How many a host has ever received. */
  // Two lines: what is counted, and the counts.
  long received(int host) throws IOException, InterruptedException {
    String said = Command.run(network.onHost(host, List.of("cat", "/proc/net/snmp")));
    List<List<String>> lines = new ArrayList<>();
    said.lines()
        .filter(line -> line.startsWith("Udp: "))
        .forEach(line -> lines.add(Arrays.asList(line.split(" "))));
    return Long.parseLong(lines.get(1).get(lines.get(0).indexOf("NoPorts")));
  }
}
