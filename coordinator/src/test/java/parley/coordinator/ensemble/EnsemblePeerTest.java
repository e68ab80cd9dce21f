package parley.coordinator.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.util.ServiceUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.coordinator.cluster.ConfigException;
import parley.coordinator.testing.TestEnsemble;

class EnsemblePeerTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path data;
  private TestEnsemble ensemble;

  @AfterEach
  void stop() {
    if (ensemble != null) {
      ensemble.close();
    }
  }

  @Test
  void hostThatStartsAloneWaitsUntilAnotherCompletesTheMajority() throws Exception {
    ensemble = TestEnsemble.of(data, 3, 2_000);
    ensemble.start(1);
    await().atMost(SOON).until(() -> ensemble.peer(1).state() == PeerState.LOOKING);

    ensemble.start(2);
    ensemble.awaitServing(1, 2);

    assertThat(List.of(ensemble.peer(1).state(), ensemble.peer(2).state()))
        .containsExactlyInAnyOrder(PeerState.FOLLOWING, PeerState.LEADING);
    assertThat(word("ruok", 1)).isEqualTo("imok");
    assertThat(word("srvr", 2)).contains("Mode: ");
    assertThat(word("dump", 1)).contains("not in the whitelist");
    assertThat(ensemble.fatal()).isEmpty();
  }

  @Test
  void peerWithDeletedDataCopiesItFromTheOthersBeforeItVotes() throws Exception {
    ensemble = TestEnsemble.of(data, 3, 2_000).startAll();
    awaitJoined(1);
    ensemble.stop(1);
    delete(ensemble.folder(1).zooKeeper());

    ensemble.start(1);
    ensemble.awaitServing(1);
    assertThat(ensemble.peer(1).state()).isEqualTo(PeerState.FOLLOWING);
    ensemble.stop(1);
    ensemble.stop(2);
    delete(ensemble.folder(1).zooKeeper());
    ensemble.stop(3);

    // Host 3 alone holds everything: with the emptied host 1 it is no majority, with host 2 it is.
    ensemble.start(1);
    ensemble.start(3);
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(6))
        .until(() -> ensemble.peer(3).state() != PeerState.LEADING && !ensemble.serving(1));
    ensemble.start(2);
    ensemble.awaitServing(1, 2, 3);
    assertThat(ensemble.peer(1).state()).isEqualTo(PeerState.FOLLOWING);
  }

  @Test
  void databaseThatWasNeverPartOfAMajorityMayBeEmptyAtEachStart() throws Exception {
    ensemble = TestEnsemble.of(data, 3, 2_000);
    PeerData peerData = new PeerData(ensemble.folder(1));
    Path initialize = ensemble.folder(1).zooKeeper().resolve("initialize");
    peerData.prepare(1);
    Files.delete(initialize);
    peerData.prepare(1);
    assertThat(initialize).exists();
    assertThat(peerData.isMissing()).isFalse();

    Files.delete(initialize);
    peerData.markJoined();
    peerData.prepare(1);
    assertThat(initialize).doesNotExist();
    assertThat(peerData.isMissing()).isTrue();
  }

  @Test
  void peersThatAllLostTheirDataCanBeginAnew() throws Exception {
    ensemble = TestEnsemble.of(data, 3, 2_000).startAll();
    for (int host = 1; host <= 3; host++) {
      awaitJoined(host);
      ensemble.stop(host);
      delete(ensemble.folder(host).zooKeeper());
    }
    // What a start without data leaves behind, and then what the watch does after a while.
    ensemble.start(1);
    Path epoch = ensemble.folder(1).zooKeeper().resolve("version-2").resolve("currentEpoch");
    await().atMost(SOON).until(() -> Files.exists(epoch));
    ensemble.stop(1);
    for (int host = 1; host <= 3; host++) {
      PeerData peerData = new PeerData(ensemble.folder(host));
      peerData.prepare(host);
      peerData.beginAnew();
    }
    ensemble.startAll();
    ensemble.awaitServing(1, 2, 3);
  }

  @Test
  void peerWhoseElectionHangsWhileAnotherHostIsReachableIsRestartedAndThenJoins() throws Exception {
    ensemble = TestEnsemble.of(data, 3, 2_000);
    try (ServerSocket silent =
        new ServerSocket(3888, 50, InetAddress.getByName(ensemble.host(2).address()))) {
      assertThat(silent.isBound()).isTrue();
      ensemble.start(1);
      long firstLife = peerThread();
      await().atMost(SOON).until(() -> peerThread() != 0 && peerThread() != firstLife);
    }
    ensemble.start(2);
    ensemble.awaitServing(1, 2);
    assertThat(ensemble.fatal()).isEmpty();
  }

  @Test
  void ownerIsToldWhenZooKeeperWantsToExit() throws Exception {
    ensemble = TestEnsemble.of(data, 1, 2_000).startAll();
    ServiceUtils.requestSystemExit(10);
    assertThat(ensemble.fatal())
        .containsExactly("ZooKeeper asked for the end of the process, with code 10");
  }

  @Test
  void followerWhoseDiskIsFullDoesNotGoOnInThisProcess() throws Exception {
    ensemble = TestEnsemble.of(data, 3, 2_000).startAll();
    int follower =
        IntStream.rangeClosed(1, 3)
            .filter(host -> ensemble.peer(host).state() == PeerState.FOLLOWING)
            .findFirst()
            .orElseThrow();
    // The first transaction of an epoch begins a new log.
    Path logs = ensemble.folder(follower).zooKeeper().resolve("version-2");
    List<Path> fulls =
        IntStream.rangeClosed(1, 9)
            .mapToObj(epoch -> logs.resolve("log." + epoch + "00000001"))
            .toList();
    for (Path full : fulls) {
      Files.createSymbolicLink(full, Path.of("/dev/full"));
    }
    int other = follower % 3 + 1;
    String server = ensemble.host(other).address() + ":" + ensemble.config().zooKeeperClientPort();
    ZooKeeper client = new ZooKeeper(server, 2_000, event -> {});
    try {
      client.create("/post", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      await().atMost(SOON).until(() -> !ensemble.fatal().isEmpty());
    } finally {
      client.close();
      for (Path full : fulls) {
        Files.delete(full);
      }
    }
    assertThat(ensemble.fatal())
        .first()
        .asString()
        .contains("log cannot be written", "No space left");
  }

  @Test
  void keyThatTheEmbeddingNeedsIsNotTakenFromZooCfg() throws Exception {
    ensemble =
        TestEnsemble.of(data, 1, 2_000, "dataDir=/nowhere", "admin.enableServer=true").startAll();
    assertThat(ensemble.folder(1).zooKeeper().resolve("version-2")).isDirectory();
    assertThat(System.getProperty("zookeeper.admin.enableServer")).isEqualTo("false");
  }

  @Test
  void portInUseIsOneClearLine() throws Exception {
    ensemble = TestEnsemble.of(data, 3, 2_000);
    try (ServerSocket taken =
        new ServerSocket(
            ensemble.config().zooKeeperClientPort(),
            1,
            InetAddress.getByName(ensemble.host(1).address()))) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> ensemble.start(1))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(
              "zoo.cfg: port %d at %s cannot be opened"
                  .formatted(ensemble.config().zooKeeperClientPort(), ensemble.host(1).address()));
    }
  }

  @Test
  void keyThatZooKeeperRefusesIsOneClearLine() throws Exception {
    ensemble = TestEnsemble.of(data, 3, 2_000, "syncEnabled=perhaps");
    assertThatThrownBy(() -> ensemble.start(1))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("zoo.cfg: ZooKeeper does not accept it")
        .hasMessageContaining("perhaps");
  }

  /** The id of the thread that runs the only peer, 0 while there is none. */
  private static long peerThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("ensemble-peer"))
        .mapToLong(Thread::getId)
        .findAny()
        .orElse(0);
  }

  private void awaitJoined(int host) {
    await()
        .atMost(SOON)
        .until(() -> Files.exists(ensemble.folder(host).path().resolve("zookeeper.joined")));
  }

  private String word(String word, int host) throws IOException {
    try (Socket socket =
        new Socket(ensemble.host(host).address(), ensemble.config().zooKeeperClientPort())) {
      socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
        Files.delete(file);
      }
    }
  }
}
