package parley.acceptance.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Three loopback addresses that no other laboratory on this machine uses, reserved by an open
 * socket on a fourth one.
 */
final class LoopbackNetwork implements Network {

  private static final int RESERVATION_HOST = 99;
  private static final int RESERVATION_PORT = 3055;
  private static final int[] PORTS = {2181, 2888, 3888, 3055, 3056, 8055};
  private static final int TRIES = 200;

  private final String prefix;
  private final ServerSocket reservation;

  private LoopbackNetwork(String prefix, ServerSocket reservation) {
    this.prefix = prefix;
    this.reservation = reservation;
  }

  static LoopbackNetwork reserve(Random random) throws IOException {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      String prefix = "127." + (1 + random.nextInt(250)) + "." + (1 + random.nextInt(250)) + ".";
      ServerSocket reservation = new ServerSocket();
      try {
        reservation.bind(new InetSocketAddress(prefix + RESERVATION_HOST, RESERVATION_PORT));
        requireFree(prefix);
        return new LoopbackNetwork(prefix, reservation);
      } catch (IOException taken) {
        reservation.close();
      }
    }
    throw new IOException("no free loopback addresses 127.x.y.1 to 127.x.y.3 found");
  }

  private static void requireFree(String prefix) throws IOException {
    for (int host = 1; host <= Hosts.COUNT; host++) {
      for (int port : PORTS) {
        try (ServerSocket probe = new ServerSocket()) {
          probe.bind(new InetSocketAddress(prefix + host, port));
        }
      }
    }
  }

  @Override
  public String address(int host) {
    return prefix + host;
  }

  @Override
  public List<String> onHost(int host, List<String> command) {
    return command;
  }

  @Override
  public Optional<Wires> wires() {
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      reservation.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
