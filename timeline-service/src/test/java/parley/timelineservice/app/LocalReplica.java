package parley.timelineservice.app;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.DurableState;
import parley.timelineservice.paxos.PaxosConfig;
import parley.timelineservice.paxos.PaxosReplica;
import parley.timelineservice.rpc.PeerLinks;
import parley.timelineservice.rpc.RpcServer;
import parley.timelineservice.rpc.RpcSettings;
import parley.timelineservice.rpc.RpcThreads;
import parley.timelineservice.runtime.ReplicaLoop;
import parley.timelineservice.runtime.ReplicaSettings;
import parley.timelineservice.storage.Journal;
import parley.timelineservice.timeline.TimelineReads;

/** A whole timeline service but for ZooKeeper and supervision, in this JVM. */
final class LocalReplica implements AutoCloseable {

  private static final int BATCH_BYTES = 65_536;
  private static final int DEPTH = 4;

  private final int host;
  private final LocalLatch latch;
  private final CompletableFuture<String> halted = new CompletableFuture<>();
  private final RpcThreads threads = new RpcThreads();
  private final ExecutorService readers = Executors.newFixedThreadPool(2);
  private final Journal journal;
  private final HeldDisk disk;
  private final PeerLinks peers;
  private final ReplicaLoop loop;
  private final RpcServer server;

  /**
   * Starts.
   *
   * @param held whether its disk holds all writes from the beginning
   */
  LocalReplica(
      int host,
      Map<Integer, String> addresses,
      Path folder,
      LocalLatch latch,
      SentMessages sent,
      boolean held)
      throws Exception {
    this.host = host;
    this.latch = latch;
    Random random = new Random();
    journal = Journal.open(folder, () -> random.nextLong() | 1);
    disk = new HeldDisk(new JournalDisk(journal), held);
    TreeSet<Integer> hosts = new TreeSet<>(addresses.keySet());
    PaxosReplica core =
        new PaxosReplica(
            new PaxosConfig(host, hosts, DEPTH, 64, 4, 20, 40, 8, host), journal.durableState());
    Map<Integer, String> others = new TreeMap<>(addresses);
    others.remove(host);
    int maxMessageBytes = RpcSettings.maxMessageBytes(BATCH_BYTES, DEPTH);
    peers = new PeerLinks(threads, others, maxMessageBytes);
    loop =
        new ReplicaLoop(
            new ReplicaSettings(host, hosts, 25, BATCH_BYTES),
            journal.durableState().incarnation(),
            core,
            journal.timeline(),
            disk,
            journal.reads()::applied,
            sent.noting(peers::send),
            latch.of(host),
            readers,
            (why, cause) -> halted.complete(why + ": " + cause.getMessage()));
    latch.joins(host, loop);
    String[] address = addresses.get(host).split(":");
    server =
        RpcServer.start(
            threads,
            new InetSocketAddress(address[0], Integer.parseInt(address[1])),
            new RpcSettings(host, addresses, maxMessageBytes, 100, RpcSettings.KEEP_ALIVE_MILLIS),
            loop,
            journal.reads(),
            readers);
    loop.start();
  }

  ReplicaLoop loop() {
    return loop;
  }

  /** Why it halted, once it has: in production its process has ended then. */
  CompletableFuture<String> halted() {
    return halted;
  }

  /** The last slot that its disk held when it started. */
  long lastSlotFound() {
    DurableState found = journal.durableState();
    List<AcceptedBatch> tail = found.tail();
    return tail.isEmpty() ? found.appliedSlot() : tail.get(tail.size() - 1).slot();
  }

  TimelineReads reads() {
    return journal.reads();
  }

  HeldDisk disk() {
    return disk;
  }

  /** Of the whole state; to be called when this is closed. */
  long stateHash() {
    return journal.timeline().stateHash();
  }

  @Override
  public void close() {
    disk.release();
    server.close();
    peers.close();
    loop.close();
    journal.close();
    readers.shutdown();
    threads.close();
    latch.gone(host);
  }
}
