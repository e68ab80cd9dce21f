package parley.coordinator.zookeeper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.ZooKeeperMain;
import parley.coordinator.cluster.ClusterConfig;

/**
 * Opens ZooKeeper's own shell on the ensemble of a configuration, so that nobody has to type its
 * addresses.
 */
public final class ZooKeeperShell {
  private static final int CONNECT_LIMIT_MS = 10_000;

  private ZooKeeperShell() {}

  /**
   * Runs one command, or an interactive shell where none is given, and ends the process.
   *
   * @throws IOException no host's ZooKeeper answers; the message is for people
   */
  public static void run(ClusterConfig config, List<String> command)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-server", config.zooKeeperConnectString()));
    arguments.addAll(List.of("-timeout", Integer.toString(CONNECT_LIMIT_MS)));
    arguments.add("-waitforconnection");
    arguments.addAll(command);
    try {
      ZooKeeperMain.main(arguments.toArray(String[]::new));
    } catch (IOException e) {
      throw new IOException(
          "no ZooKeeper answers at %s within %d s (%s); start the hosts or pass --conf DIR"
              .formatted(config.zooKeeperConnectString(), CONNECT_LIMIT_MS / 1000, e.getMessage()),
          e);
    }
  }
}
