package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.RealHosts;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.fault.Kill;

/** What dies at once, again and again, is started with growing pauses, and the log says why. */
class BackOffIT {

  private static final int FRONTEND_PORT = 3055;
  private static final int RESTARTS = 4;
  private static final Pattern RESTART =
      Pattern.compile("The frontend .*Its last words: (.*) Restarting it in (\\d+) ms\\.");
  private static final Patience PATIENCE = new Patience(Duration.ofSeconds(60));

  @Test
  void pausesGrowAndTheLogSaysWhy() throws Exception {
    try (LocalCluster hosts = LocalCluster.create(RealHosts.home())) {
      // Alone, it waits for the others; its processes are alive.
      hosts.start(1).orThrow();
      new Kill(Role.FRONTEND, 1).inject(hosts);
      try (ServerSocket squatter = new ServerSocket()) {
        InetSocketAddress port = new InetSocketAddress(hosts.address(1), FRONTEND_PORT);
        PATIENCE.await("its port is taken", () -> takes(squatter, port));
        PATIENCE.await(
            "it has been started in vain " + RESTARTS + " times",
            () -> restarts(hosts).size() >= RESTARTS,
            () -> (long) restarts(hosts).size());
      }
      List<Restart> restarts = restarts(hosts);
      assertThat(restarts)
          .allSatisfy(
              restart -> assertThat(restart.why()).contains(Integer.toString(FRONTEND_PORT)));
      // Each pause is at random from half of a length to all of it, and that length doubles.
      for (int i = 2; i < restarts.size(); i++) {
        assertThat(restarts.get(i).pauseMs()).isGreaterThan(restarts.get(i - 2).pauseMs());
      }
      hosts.start(1).orThrow();
      assertThat(hosts.process(Role.FRONTEND, 1)).isPresent();
    }
  }

  private static boolean takes(ServerSocket squatter, InetSocketAddress port) throws IOException {
    try {
      squatter.bind(port);
      return true;
    } catch (BindException takenStill) {
      return false;
    }
  }

  private record Restart(String why, long pauseMs) {}

  private static List<Restart> restarts(LocalCluster hosts) throws IOException {
    List<Restart> found = new ArrayList<>();
    Matcher matcher = RESTART.matcher(Files.readString(hosts.log(Role.COORDINATOR, 1)));
    while (matcher.find()) {
      found.add(new Restart(matcher.group(1), Long.parseLong(matcher.group(2))));
    }
    return found;
  }
}
