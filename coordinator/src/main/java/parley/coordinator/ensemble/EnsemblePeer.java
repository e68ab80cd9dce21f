package parley.coordinator.ensemble;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.zookeeper.server.DatadirCleanupManager;
import org.apache.zookeeper.server.quorum.QuorumPeer.QuorumServer;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.apache.zookeeper.util.ServiceUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.ConfigException;
import parley.coordinator.cluster.Host;
import parley.coordinator.cluster.HostFolder;
import parley.coordinator.ensemble.StuckElectionWatch.Observation;
import parley.coordinator.ensemble.StuckElectionWatch.Remedy;

/**
 * Keeps this host's member of the ZooKeeper ensemble running, so that no ZooKeeper has to be
 * installed or started.
 *
 * <p>Has two threads: {@code ensemble-peer} runs ZooKeeper's server, {@code ensemble-watch} looks
 * at it once a second and restarts it where an election hangs on dead connections. A host that
 * starts alone waits for the others for as long as it takes.
 *
 * <p>ZooKeeper asks for the end of the process after errors of its disk; it must not go on inside
 * this process, so the owner is told and should halt at once. One instance per process.
 */
public final class EnsemblePeer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EnsemblePeer.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final int CONNECT_MS = 300;

  private final ClusterConfig config;
  private final Host host;
  private final PeerData data;
  private final Properties properties;
  private final Consumer<String> fatal;
  private final StuckElectionWatch stuckWatch = new StuckElectionWatch(ThreadLocalRandom.current());
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "ensemble-watch"));
  private DatadirCleanupManager purge;
  private volatile QuorumPeerConfig peerConfig;
  private volatile RunningPeer peer;
  private volatile boolean closed;
  private PeerState reported = PeerState.STOPPED;

  /**
   * @param fatal told, on any thread, why the peer cannot go on in this process; should halt it
   */
  public EnsemblePeer(ClusterConfig config, Host host, HostFolder folder, Consumer<String> fatal) {
    this.config = config;
    this.host = host;
    this.data = new PeerData(folder);
    this.properties = PeerProperties.of(config, host, folder);
    this.fatal = fatal;
  }

  /**
   * Starts the peer and returns at once, long before it serves; call once.
   *
   * @throws ConfigException ZooKeeper does not accept zoo.cfg, or one of its ports is in use
   * @throws IOException the data folder cannot be written
   */
  public void start() throws ConfigException, IOException {
    data.prepare(host.id());
    peerConfig = parse();
    QuorumServer own = peerConfig.getServers().get((long) host.id());
    List<InetSocketAddress> ports = new ArrayList<>(List.of(peerConfig.getClientPortAddress()));
    ports.addAll(own.addr.getAllAddresses());
    ports.addAll(own.electionAddr.getAllAddresses());
    for (InetSocketAddress port : ports) {
      refuseUnusable(port);
    }
    ServiceUtils.setSystemExitProcedure(
        code -> fail("ZooKeeper asked for the end of the process, with code " + code));
    purge =
        new DatadirCleanupManager(
            peerConfig.getDataDir(),
            peerConfig.getDataLogDir(),
            peerConfig.getSnapRetainCount(),
            peerConfig.getPurgeInterval());
    purge.start();
    launch();
    watch.scheduleWithFixedDelay(this::watchOnce, 200, 1000, TimeUnit.MILLISECONDS);
  }

  /** What the peer is doing now; any thread, never blocks. */
  public PeerState state() {
    RunningPeer running = peer;
    return running == null || closed ? PeerState.STOPPED : running.state();
  }

  /** Ends the peer and its threads, within seconds; the second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    watch.shutdownNow();
    if (purge != null) {
      purge.shutdown();
    }
    try {
      if (!watch.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          || (peer != null && !peer.stop(STOP_LIMIT))) {
        log.warn("The ZooKeeper peer did not end within {} s", STOP_LIMIT.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private QuorumPeerConfig parse() throws ConfigException {
    QuorumPeerConfig parsed = new QuorumPeerConfig();
    try {
      parsed.parseProperties(properties);
    } catch (IOException e) {
      throw new ConfigException(
          "%s: the address %s of host %d cannot be used (%s); correct its server line or the name service."
              .formatted(zooCfg(), host.address(), host.id(), e.getMessage()));
    } catch (QuorumPeerConfig.ConfigException | IllegalArgumentException e) {
      throw new ConfigException(
          "%s: ZooKeeper does not accept it (%s); correct the line."
              .formatted(zooCfg(), e.getMessage()));
    }
    return parsed;
  }

  private String zooCfg() {
    return config.folder().resolve("zoo.cfg").toString();
  }

  private void refuseUnusable(InetSocketAddress address) throws ConfigException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
    } catch (IOException e) {
      throw new ConfigException(
          "%s: port %d at %s cannot be opened (%s); end the process that uses it, or correct host %d or --host."
              .formatted(zooCfg(), address.getPort(), host.address(), e.getMessage(), host.id()));
    }
  }

  private void launch() {
    peer = new RunningPeer(peerConfig, why -> fail("the ZooKeeper peer ended: " + why));
    peer.start();
  }

  private void fail(String why) {
    if (!closed) {
      log.error("This process cannot go on: {}", why);
      fatal.accept(why);
    }
  }

  private void watchOnce() {
    try {
      PeerState state = state();
      if (state != reported) {
        log.info("ZooKeeper peer of host {}: {}", host.id(), state);
        reported = state;
      }
      if (state == PeerState.FOLLOWING || state == PeerState.LEADING) {
        data.markJoined();
      }
      Remedy remedy = stuckWatch.observe(System.nanoTime(), observation());
      if (remedy != Remedy.NONE) {
        restart(remedy);
      }
    } catch (IOException | ConfigException | RuntimeException e) {
      fail("the ZooKeeper peer cannot be kept running: " + e);
    } catch (InterruptedException e) {
      // Only close() interrupts; there is nothing left to watch.
      Thread.currentThread().interrupt();
    }
  }

  private Observation observation() throws IOException {
    if (!peer.isLooking()) {
      return new Observation(false, false, false, false);
    }
    int others = 0;
    int reachable = 0;
    for (QuorumServer server : peerConfig.getServers().values()) {
      if (server.id != host.id()) {
        others++;
        if (server.electionAddr.getAllAddresses().stream().anyMatch(EnsemblePeer::accepts)) {
          reachable++;
        }
      }
    }
    return new Observation(true, reachable > 0, reachable == others, data.isMissing());
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void restart(Remedy remedy) throws IOException, ConfigException, InterruptedException {
    if (remedy == Remedy.BEGIN_ANEW) {
      log.warn(
          "Host {} has lost its ZooKeeper data and so have too many others: beginning with an empty"
              + " database. Only hints were in it.",
          host.id());
    } else {
      log.warn(
          "Host {} finds no ZooKeeper majority although another host is reachable: restarting its"
              + " peer",
          host.id());
    }
    if (!peer.stop(STOP_LIMIT)) {
      fail("the ZooKeeper peer did not end within " + STOP_LIMIT.toSeconds() + " s");
      return;
    }
    if (remedy == Remedy.BEGIN_ANEW) {
      data.beginAnew();
    }
    // Parsed again, because parsing resolves names.
    peerConfig = parse();
    if (!closed) {
      launch();
    }
  }
}
