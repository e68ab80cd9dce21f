package parley.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.supervision.Role;
import parley.coordinator.supervision.StartFailure;

class PortsTest {
  private static final int STARTS = 4;

  @TempDir Path conf;
  private ClusterConfig config;

  @BeforeEach
  void configuration() throws Exception {
    Files.writeString(
        conf.resolve("zoo.cfg"),
        "clientPort=2281\nserver.1=127.77.3.1:2998:3998\nserver.2=203.0.113.9:2888:3888\n");
    config = ClusterConfig.load(conf);
  }

  @Test
  void portsComeFromTheConfiguration() throws Exception {
    Ports ports = new Ports(config, config.host(1));
    assertThat(ports.of(Role.COORDINATOR)).containsExactly(2281, 2998, 3998);
    assertThat(ports.of(Role.TIMELINE_SERVICE)).containsExactly(3056);
    assertThat(ports.of(Role.FRONTEND)).containsExactly(3055);
  }

  @Test
  void portOfAnotherProgramIsNamed() throws Exception {
    Ports ports = new Ports(config, config.host(1));
    ports.refuseUnusable(Role.FRONTEND);
    try (ServerSocket other = new ServerSocket(3055, 1, InetAddress.getByName("127.77.3.1"))) {
      assertThatThrownBy(() -> ports.refuseUnusable(Role.FRONTEND))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining(
              "port " + other.getLocalPort() + " of 127.77.3.1, which the frontend needs");
    }
  }

  @Test
  void startsThatLookAtTheSamePortsAtTheSameTimeDoNotRefuseThem() throws Exception {
    ExecutorService starts = Executors.newFixedThreadPool(STARTS);
    try {
      for (int round = 0; round < 100; round++) {
        List<Callable<Void>> looks =
            Collections.nCopies(
                STARTS,
                () -> {
                  new Ports(config, config.host(1)).refuseUnusable(Role.TIMELINE_SERVICE);
                  return null;
                });
        for (Future<Void> look : starts.invokeAll(looks)) {
          look.get(20, TimeUnit.SECONDS);
        }
      }
    } finally {
      starts.shutdownNow();
    }
  }

  @Test
  void addressOfAnotherMachineIsNamed() throws Exception {
    Ports ports = new Ports(config, config.host(2));
    assertThatThrownBy(() -> ports.refuseUnusable(Role.FRONTEND))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("host 2 is not this machine, which has no address 203.0.113.9");
  }
}
