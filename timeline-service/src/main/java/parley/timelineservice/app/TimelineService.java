package parley.timelineservice.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.ConfigException;
import parley.coordinator.cluster.Host;
import parley.coordinator.cluster.Settings;
import parley.coordinator.supervision.HostProcess;
import parley.coordinator.supervision.StartFailure;
import parley.coordinator.zookeeper.Service;
import parley.coordinator.zookeeper.ServiceEntry;
import parley.coordinator.zookeeper.ServiceRegistry;
import parley.coordinator.zookeeper.SessionFile;
import parley.coordinator.zookeeper.ZooKeeperClient;
import parley.timelineservice.paxos.PaxosConfig;
import parley.timelineservice.paxos.PaxosReplica;
import parley.timelineservice.rpc.PeerLinks;
import parley.timelineservice.rpc.RpcServer;
import parley.timelineservice.rpc.RpcSettings;
import parley.timelineservice.rpc.RpcThreads;
import parley.timelineservice.runtime.Halt;
import parley.timelineservice.runtime.ReplicaLoop;
import parley.timelineservice.runtime.ReplicaSettings;
import parley.timelineservice.storage.Journal;
import parley.timelineservice.storage.StorageFailure;

/** Puts the parts of a timeline service together: journal, core, loop, network, election. */
final class TimelineService {

  private static final Logger log = LoggerFactory.getLogger(TimelineService.class);

  /** Ticks to a heartbeat: the core's times are finer than its messages. */
  private static final int HEARTBEAT_TICKS = 4;

  /**
   * Replicas this many slots behind may still lead: they copy what they lack in one chunk or two.
   */
  private static final long CLOSE_SLOTS = 64;

  private static final int READER_THREADS = 3;
  private static final int READS_WAITING = 1_024;

  private TimelineService() {}

  /** Starts everything; returns when calls are served. */
  static void start(HostProcess process) throws ConfigException, IOException, StartFailure {
    ClusterConfig config = process.config();
    Settings settings = config.settings();
    Host self = config.host(process.arguments().hostId());
    SecureRandom random = new SecureRandom();
    Halt halt = (why, cause) -> halt(process, why, cause);

    Journal journal = openJournal(process, random);
    long incarnation = journal.durableState().incarnation();
    PaxosReplica core =
        new PaxosReplica(paxosConfig(config, self.id(), random.nextLong()), journal.durableState());

    RpcThreads rpcThreads = new RpcThreads();
    Map<Integer, String> addresses = addresses(config);
    Map<Integer, String> peerAddresses = new TreeMap<>(addresses);
    peerAddresses.remove(self.id());
    int maxMessageBytes =
        RpcSettings.maxMessageBytes(settings.batchBytesMax(), settings.pipelineDepth());
    PeerLinks peers = new PeerLinks(rpcThreads, peerAddresses, maxMessageBytes);

    ZooKeeperClient zooKeeper =
        new ZooKeeperClient(
            config,
            SessionFile.of(process.folder(), Service.TIMELINE_SERVICE),
            why -> halt.halt(why, null));
    LatchElection election = new LatchElection(zooKeeper, self.id(), addresses.get(self.id()));
    ThreadPoolExecutor readers = readers();
    ReplicaLoop loop =
        new ReplicaLoop(
            new ReplicaSettings(
                self.id(),
                config.hosts().keySet(),
                settings.heartbeatMs() / HEARTBEAT_TICKS,
                settings.batchBytesMax()),
            incarnation,
            core,
            journal.timeline(),
            new JournalDisk(journal),
            journal.reads()::applied,
            peers::send,
            election,
            readers,
            halt);
    election.tell(loop);
    RpcServer.start(
        rpcThreads,
        new InetSocketAddress(self.address(), settings.timelinePort()),
        new RpcSettings(
            self.id(),
            addresses,
            maxMessageBytes,
            settings.heartbeatMs(),
            RpcSettings.KEEP_ALIVE_MILLIS),
        loop,
        journal.reads(),
        readers);
    loop.start();
    process.probedBy(loop::turn);
    new ServiceRegistry(zooKeeper)
        .register(new ServiceEntry(Service.TIMELINE_SERVICE, self, settings.timelinePort(), 0));
    zooKeeper.start();
    process.serving();
    log.info(
        "Host {} serves as incarnation {}: promised {}, committed slot {}, applied index {}",
        self.id(),
        Long.toHexString(incarnation),
        core.promised(),
        loop.news().committedSlot(),
        loop.news().appliedIndex());
  }

  private static Journal openJournal(HostProcess process, SecureRandom random) throws StartFailure {
    try {
      return Journal.open(process.folder().timeline(), () -> random.nextLong() | 1);
    } catch (StorageFailure e) {
      log.debug("The data folder cannot be used", e);
      throw new StartFailure(StartFailure.FAILED, e.getMessage());
    }
  }

  private static PaxosConfig paxosConfig(ClusterConfig config, int self, long seed) {
    Settings settings = config.settings();
    int tickMs = settings.heartbeatMs() / HEARTBEAT_TICKS;
    int silentTicks = Math.max(HEARTBEAT_TICKS + 1, settings.primarySilentMs() / tickMs);
    return new PaxosConfig(
        self,
        new TreeSet<>(config.hosts().keySet()),
        settings.pipelineDepth(),
        CLOSE_SLOTS,
        HEARTBEAT_TICKS,
        silentTicks,
        2 * silentTicks,
        2 * HEARTBEAT_TICKS,
        seed);
  }

  private static Map<Integer, String> addresses(ClusterConfig config) {
    Map<Integer, String> addresses = new TreeMap<>();
    for (Host host : config.hosts().values()) {
      addresses.put(host.id(), host.address() + ":" + config.settings().timelinePort());
    }
    return addresses;
  }

  private static ThreadPoolExecutor readers() {
    ThreadPoolExecutor readers =
        new ThreadPoolExecutor(
            READER_THREADS,
            READER_THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(READS_WAITING),
            task -> {
              Thread thread = new Thread(task, "reader");
              thread.setDaemon(true);
              return thread;
            });
    readers.allowCoreThreadTimeOut(true);
    return readers;
  }

  private static void halt(HostProcess process, String why, Throwable cause) {
    if (cause instanceof StorageFailure) {
      process.halt(why + ": " + cause.getMessage(), null);
    } else {
      process.halt(why, cause);
    }
  }
}
