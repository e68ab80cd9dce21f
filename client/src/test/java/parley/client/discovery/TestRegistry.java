package parley.client.discovery;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.awaitility.Awaitility;
import parley.client.ServerAddress;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.Host;
import parley.coordinator.cluster.HostFolder;
import parley.coordinator.ensemble.EnsemblePeer;
import parley.coordinator.ensemble.PeerState;
import parley.coordinator.zookeeper.Service;
import parley.coordinator.zookeeper.ServiceEntry;
import parley.coordinator.zookeeper.ServiceRegistry;
import parley.coordinator.zookeeper.SessionFile;
import parley.coordinator.zookeeper.ZooKeeperClient;

/**
 * The registry as hosts keep it: their own ZooKeeper peer, on a loopback address of its own, and
 * entries that stand there for as long as their session lives.
 */
final class TestRegistry implements AutoCloseable {
  static final String PATH = "/parley/services/frontend";

  private static final Duration SOON = Duration.ofSeconds(30);

  private final Path folder;
  private final ClusterConfig config;
  private final String address;
  private final Map<Integer, ZooKeeperClient> sessions = new HashMap<>();
  private final Collection<String> fatal = new ConcurrentLinkedQueue<>();
  private EnsemblePeer peer;

  private TestRegistry(Path folder, ClusterConfig config) {
    this.folder = folder;
    this.config = config;
    this.address = config.hosts().get(1).address();
  }

  /** Not started. */
  static TestRegistry in(Path folder) throws Exception {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String address = "127.%d.%d.1".formatted(random.nextInt(1, 255), random.nextInt(256));
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(conf.resolve("zoo.cfg"), "server.1=" + address + ":2888:3888\n");
    Files.writeString(conf.resolve("parley.conf"), "zookeeper.session.ms=1000\n");
    return new TestRegistry(folder.resolve("data"), ClusterConfig.load(conf));
  }

  /** The address of the ZooKeeper server; its port is 2181. */
  String address() {
    return address;
  }

  String target() {
    return "zk:///" + address + ":2181" + PATH;
  }

  /** Starts ZooKeeper, with what it knew, and waits until it serves. */
  void start() throws Exception {
    HostFolder host = HostFolder.of(folder, 1);
    host.create();
    peer = new EnsemblePeer(config, config.host(1), host, fatal::add);
    peer.start();
    Awaitility.await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> peer.state() == PeerState.LEADING);
  }

  void stop() {
    if (peer != null) {
      peer.close();
      peer = null;
    }
  }

  /** Registers a frontend for a host, as the frontend's own process does, and waits until it is. */
  void register(int host, ServerAddress frontend) throws Exception {
    HostFolder own = HostFolder.of(folder, host);
    own.create();
    ZooKeeperClient session =
        new ZooKeeperClient(config, SessionFile.of(own, Service.FRONTEND), fatal::add);
    sessions.put(host, session);
    new ServiceRegistry(session)
        .register(
            new ServiceEntry(
                Service.FRONTEND, new Host(host, frontend.host()), frontend.port(), 0));
    session.start();
    Awaitility.await().atMost(SOON).until(() -> entries().contains("host" + host));
  }

  /** Ends a frontend's session, and with it its entry. */
  void unregister(int host) {
    sessions.remove(host).close();
  }

  List<String> entries() throws Exception {
    try (CuratorFramework eyes = look()) {
      return eyes.checkExists().forPath(PATH) == null
          ? List.of()
          : eyes.getChildren().forPath(PATH);
    }
  }

  String data(int host) throws Exception {
    try (CuratorFramework eyes = look()) {
      return new String(eyes.getData().forPath(PATH + "/host" + host), StandardCharsets.UTF_8);
    }
  }

  private CuratorFramework look() {
    CuratorFramework eyes =
        CuratorFrameworkFactory.newClient(address + ":2181", new RetryOneTime(100));
    eyes.start();
    return eyes;
  }

  @Override
  public void close() {
    sessions.values().forEach(ZooKeeperClient::close);
    sessions.clear();
    stop();
    if (!fatal.isEmpty()) {
      throw new IllegalStateException("the registry has failed: " + fatal);
    }
  }
}
