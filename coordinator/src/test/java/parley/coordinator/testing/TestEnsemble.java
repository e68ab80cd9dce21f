package parley.coordinator.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.ConfigException;
import parley.coordinator.cluster.Host;
import parley.coordinator.cluster.HostFolder;
import parley.coordinator.ensemble.EnsemblePeer;
import parley.coordinator.ensemble.PeerState;

/**
 * A whole ZooKeeper ensemble inside the test's process, each peer on a loopback address of its own,
 * so that tests beside it need no free ports.
 */
public final class TestEnsemble implements AutoCloseable {
  private static final Duration SERVING_LIMIT = Duration.ofSeconds(30);

  private final Path data;
  private final ClusterConfig config;
  private final Map<Integer, EnsemblePeer> peers = new TreeMap<>();
  private final Collection<String> fatal = new ConcurrentLinkedQueue<>();

  private TestEnsemble(Path data, ClusterConfig config) {
    this.data = data;
    this.config = config;
  }

  /** An ensemble that is not started; further lines go into its zoo.cfg. */
  public static TestEnsemble of(Path folder, int hosts, int sessionMs, String... lines)
      throws IOException, ConfigException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String network = "127.%d.%d.".formatted(random.nextInt(1, 255), random.nextInt(256));
    List<String> zooCfg = new ArrayList<>(Arrays.asList(lines));
    for (int host = 1; host <= hosts; host++) {
      zooCfg.add("server.%d=%s%d:2888:3888".formatted(host, network, host));
    }
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.write(conf.resolve("zoo.cfg"), zooCfg);
    Files.writeString(conf.resolve("parley.conf"), "zookeeper.session.ms=" + sessionMs + "\n");
    return new TestEnsemble(folder.resolve("data"), ClusterConfig.load(conf));
  }

  /** Starts all peers that do not run and waits until they serve. */
  public TestEnsemble startAll() throws IOException, ConfigException {
    for (int host : config.hosts().keySet()) {
      if (!peers.containsKey(host)) {
        start(host);
      }
    }
    awaitServing(config.hosts().keySet().stream().mapToInt(Integer::intValue).toArray());
    return this;
  }

  public void start(int host) throws IOException, ConfigException {
    folder(host).create();
    EnsemblePeer peer = new EnsemblePeer(config, host(host), folder(host), fatal::add);
    peers.put(host, peer);
    peer.start();
  }

  public void stop(int host) {
    peers.remove(host).close();
  }

  public void awaitServing(int... hosts) {
    await()
        .atMost(SERVING_LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Arrays.stream(hosts).allMatch(this::serving));
  }

  public boolean serving(int host) {
    PeerState state = peer(host).state();
    return state == PeerState.FOLLOWING || state == PeerState.LEADING;
  }

  public EnsemblePeer peer(int host) {
    return peers.get(host);
  }

  public ClusterConfig config() {
    return config;
  }

  public Host host(int id) {
    return config.hosts().get(id);
  }

  public HostFolder folder(int host) {
    return HostFolder.of(data, host);
  }

  /** What peers said to their owner before they could not go on. */
  public Collection<String> fatal() {
    return fatal;
  }

  @Override
  public void close() {
    peers.values().forEach(EnsemblePeer::close);
    peers.clear();
  }
}
