package parley.coordinator.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.ConfigException;
import parley.coordinator.zookeeper.ZooKeeperShell;

/** What {@code scripts/zkCli.sh} starts: {@code --conf DIR [COMMAND ARGUMENT...]}. */
public final class ZooKeeperShellMain {
  private ZooKeeperShellMain() {}

  /** Exits with 2 where the configuration is wrong, with 1 where ZooKeeper does not answer. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length < 2 || !args[0].equals("--conf")) {
      System.err.println("zkCli.sh: pass --conf DIR [COMMAND ARGUMENT...]");
      System.exit(2);
    }
    List<String> command = Arrays.asList(args).subList(2, args.length);
    try {
      ZooKeeperShell.run(ClusterConfig.load(Path.of(args[1])), command);
    } catch (ConfigException e) {
      System.err.println("zkCli.sh: " + e.getMessage());
      System.exit(2);
    } catch (IOException e) {
      System.err.println("zkCli.sh: " + e.getMessage());
      System.exit(1);
    }
  }
}
