package parley.coordinator.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.coordinator.zookeeper.Processes.SOON;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.coordinator.cluster.Host;
import parley.coordinator.testing.TestEnsemble;

/**
 * Election, epoch and registry on a healthy ensemble. Sessions last so long that nothing here can
 * happen because one expired.
 */
class ZooKeeperPackageTest {
  private static final int SESSION_MS = 40_000;
  @TempDir private static Path folder;
  private static TestEnsemble ensemble;
  private Processes processes;

  @BeforeAll
  static void startEnsemble() throws Exception {
    ensemble = TestEnsemble.of(folder, 3, SESSION_MS).startAll();
  }

  @AfterAll
  static void stopEnsemble() {
    ensemble.close();
  }

  @BeforeEach
  void start() {
    processes = new Processes(ensemble);
  }

  @AfterEach
  void stop() throws Exception {
    try {
      processes.endProcesses();
      processes.forget();
    } finally {
      processes.end();
    }
  }

  @Test
  void nextInLineLeadsAsSoonAsTheLeadersSessionIsClosed() throws Exception {
    PrimaryElection first = processes.election(1, processes.client(1));
    first.queue();
    await().atMost(SOON).until(first::leading);
    PrimaryElection second = processes.election(2, processes.client(2));
    second.queue();
    await().atMost(SOON).until(() -> processes.children(PrimaryElection.PATH).size() == 2);

    assertThat(processes.closeSession(1)).isEqualTo(SessionCloser.Result.CLOSED);

    await().atMost(SOON).until(second::leading);
    // The first lives on, in a new session and at the end of the queue.
    await().atMost(SOON).until(() -> processes.children(PrimaryElection.PATH).size() == 2);
    assertThat(first.leading()).isFalse();
    assertThat(processes.leadershipHeard(1)).containsExactly(true, false);
    assertThat(processes.leadershipHeard(2)).containsExactly(true);
  }

  @Test
  void closingASessionTwiceSaysThatItIsGone() throws Exception {
    ZooKeeperClient client = processes.client(1);
    processes.awaitConnected(client);
    Session session = processes.session(1);
    client.close();
    assertThat(new SessionCloser(ensemble.config()).close(session, SOON))
        .isEqualTo(SessionCloser.Result.GONE);
  }

  @Test
  void whoLeavesAndQueuesAgainStandsAtTheEnd() throws Exception {
    PrimaryElection first = processes.election(1, processes.client(1));
    PrimaryElection second = processes.election(2, processes.client(2));
    first.queue();
    await().atMost(SOON).until(first::leading);
    second.queue();
    await().atMost(SOON).until(() -> processes.children(PrimaryElection.PATH).size() == 2);

    first.leave();
    first.queue();
    await().atMost(SOON).until(second::leading);
    assertThat(first.leading()).isFalse();
    await().atMost(SOON).until(() -> processes.children(PrimaryElection.PATH).size() == 2);

    second.leave();
    await().atMost(SOON).until(first::leading);
    assertThat(second.leading()).isFalse();
  }

  @Test
  void queueingAndLeavingAgainAndAgainLeavesOnePlaceOrNone() throws Exception {
    PrimaryElection election = processes.election(1, processes.client(1));
    for (int i = 0; i < 20; i++) {
      election.queue();
      election.queue();
      election.leave();
      election.leave();
    }
    election.queue();
    await()
        .atMost(SOON)
        .until(() -> election.leading() && processes.children(PrimaryElection.PATH).size() == 1);
    election.leave();
    await().atMost(SOON).until(() -> processes.children(PrimaryElection.PATH).isEmpty());
    assertThat(election.leading()).isFalse();
  }

  @Test
  void restartedProcessEndsItsOldSessionBeforeItQueues() throws Exception {
    // What a killed process leaves behind: its session file, and a living session that stands first
    // in the queue.
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper ghost =
        new ZooKeeper(
            ensemble.config().zooKeeperConnectString(), SESSION_MS, event -> connected.countDown());
    assertThat(connected.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    for (String path : List.of("/parley", PrimaryElection.PATH)) {
      ghost.create(path, null, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }
    String ghostPlace =
        ghost.create(
            PrimaryElection.PATH + "/_c_ghost-latch-",
            "1".getBytes(StandardCharsets.UTF_8),
            ZooDefs.Ids.OPEN_ACL_UNSAFE,
            CreateMode.EPHEMERAL_SEQUENTIAL);
    ensemble.folder(1).create();
    processes.sessionFile(1).write(Session.of(ghost.getSessionId(), ghost.getSessionPasswd()));

    PrimaryElection election = processes.election(1, processes.client(1));
    election.queue();

    await().atMost(SOON).until(election::leading);
    assertThat(processes.data(ghostPlace)).isEmpty();
    assertThat(processes.session(1).id()).isNotEqualTo(ghost.getSessionId());
    ghost.close();
  }

  @Test
  void entriesAppearAndVanishWithTheirProcess() throws Exception {
    ServiceDirectory directory = new ServiceDirectory(processes.client(3));
    List<Service> changes = new CopyOnWriteArrayList<>();
    directory.onChange(changes::add);
    ServiceEntry one =
        new ServiceEntry(Service.TIMELINE_SERVICE, new Host(1, "192.0.2.1"), 3056, 0);
    ServiceEntry two = new ServiceEntry(Service.FRONTEND, new Host(2, "192.0.2.2"), 3055, 8055);
    ZooKeeperClient first = processes.client(1);
    new ServiceRegistry(first).register(one);
    ServiceRegistry second = new ServiceRegistry(processes.client(2));
    second.register(two);
    second.register(two);

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(directory.list(Service.TIMELINE_SERVICE)).containsExactly(one);
              assertThat(directory.list(Service.FRONTEND)).containsExactly(two);
            });
    first.close();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(directory.list(Service.TIMELINE_SERVICE)).isEmpty());
    assertThat(directory.list(Service.FRONTEND)).containsExactly(two);
    assertThat(changes)
        .containsExactlyInAnyOrder(
            Service.TIMELINE_SERVICE, Service.FRONTEND, Service.TIMELINE_SERVICE);
  }

  @Test
  void entryComesBackAfterItsSessionWasLost() throws Exception {
    ZooKeeperClient client = processes.client(1);
    ServiceEntry entry =
        new ServiceEntry(Service.TIMELINE_SERVICE, new Host(1, "192.0.2.1"), 3056, 0);
    new ServiceRegistry(client).register(entry);
    await().atMost(SOON).until(() -> processes.data(entry.path()).isPresent());
    Session before = processes.session(1);

    assertThat(processes.closeSession(1)).isEqualTo(SessionCloser.Result.CLOSED);
    await()
        .atMost(SOON)
        .until(
            () -> processes.data(entry.path()).isPresent() && !processes.session(1).equals(before));
    assertThat(client.connection()).isEqualTo(Connection.CONNECTED);

    assertThat(processes.fatal()).isEmpty();
  }

  @Test
  void advertisedEpochOnlyGrows() throws Exception {
    ZooKeeperClient client = processes.client(1);
    EpochNode node = new EpochNode(client);
    processes.awaitConnected(client);
    assertThat(node.highestKnown().get()).isEmpty();

    node.advertise(7, 1, "192.0.2.1:3056");
    await().atMost(SOON).until(() -> node.highestKnown().get().equals(OptionalLong.of(7)));
    assertThat(processes.data(EpochNode.PATH).orElseThrow())
        .asString()
        .isEqualTo("{\"epoch\":7,\"host\":1,\"address\":\"192.0.2.1:3056\"}");

    EpochNode other = new EpochNode(processes.client(2));
    other.advertise(6, 2, "192.0.2.2:3056");
    other.advertise(7, 2, "192.0.2.2:3056");
    await().atMost(SOON).until(() -> advertised().host() == 2);
    node.advertise(7, 1, "192.0.2.1:3056");
    node.advertise(8, 1, "192.0.2.1:3056");
    await().atMost(SOON).until(() -> advertised().epoch() == 8);
    // Epoch 6, and host 1 again in epoch 7, never stood there: three writes in all.
    assertThat(processes.eyes().exists(EpochNode.PATH, false).getVersion()).isEqualTo(2);
  }

  @Test
  void newestOfManyRacingEpochsWins() throws Exception {
    List<EpochNode> nodes = new ArrayList<>();
    for (int host = 1; host <= 3; host++) {
      ZooKeeperClient client = processes.client(host);
      processes.awaitConnected(client);
      nodes.add(new EpochNode(client));
    }
    List<Long> seen = new ArrayList<>();
    for (int epoch = 1; epoch <= 60; epoch++) {
      int host = epoch % 3 + 1;
      nodes.get(host - 1).advertise(epoch, host, "192.0.2." + host + ":3056");
      processes
          .data(EpochNode.PATH)
          .flatMap(Advertisement::parse)
          .ifPresent(a -> seen.add(a.epoch()));
    }
    await().atMost(SOON).until(() -> advertised().epoch() == 60);
    assertThat(seen).isSorted();
    assertThat(advertised()).isEqualTo(new Advertisement(60, 1, "192.0.2.1:3056"));
  }

  @Test
  void foreignContentOfTheEpochNodeIsReplaced() throws Exception {
    ZooKeeperClient client = processes.client(1);
    EpochNode node = new EpochNode(client);
    processes.awaitConnected(client);
    for (String path : List.of("/parley", EpochNode.PATH)) {
      processes
          .eyes()
          .create(
              path,
              "junk".getBytes(StandardCharsets.UTF_8),
              ZooDefs.Ids.OPEN_ACL_UNSAFE,
              CreateMode.PERSISTENT);
    }
    assertThat(node.highestKnown().get()).isEmpty();
    node.advertise(1, 1, "192.0.2.1:3056");
    await().atMost(SOON).until(() -> node.highestKnown().get().equals(OptionalLong.of(1)));
  }

  @Test
  void closingIsFinalAndLeavesNoThread() throws Exception {
    ZooKeeperClient client = processes.client(1);
    PrimaryElection election = processes.election(1, client);
    election.queue();
    await().atMost(SOON).until(election::leading);
    client.close();
    client.close();
    election.queue();
    assertThat(election.leading()).isFalse();
    assertThat(processes.children(PrimaryElection.PATH)).isEmpty();
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () ->
                assertThat(
                        Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .filter(name -> name.equals("zookeeper-client"))
                            .collect(Collectors.toList()))
                    .isEmpty());
  }

  private Advertisement advertised() throws Exception {
    return processes
        .data(EpochNode.PATH)
        .flatMap(Advertisement::parse)
        .orElse(new Advertisement(0, 0, ""));
  }
}
