package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import parley.client.ServerAddress;

class PeerProbeTest {

  @Test
  void hungPeerIsNotWaitedForForEver() throws IOException {
    // Its kernel takes connections; nobody accepts them.
    try (ServerSocket hung = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      ServerAddress address = new ServerAddress("127.0.0.1", hung.getLocalPort());
      assertThat(PeerProbe.role(address, Duration.ofMillis(100))).isEmpty();
    }
  }
}
