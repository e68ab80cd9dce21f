package parley.coordinator.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.coordinator.zookeeper.Processes.SOON;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.coordinator.testing.TestEnsemble;

/** What happens while ZooKeeper is away, emptied or confused; with short sessions. */
class ZooKeeperTroubleTest {
  @TempDir private Path folder;
  private TestEnsemble ensemble;
  private Processes processes;

  @BeforeEach
  void start() throws Exception {
    ensemble = TestEnsemble.of(folder, 1, 500);
    processes = new Processes(ensemble);
  }

  @AfterEach
  void stop() throws Exception {
    try {
      processes.end();
    } finally {
      ensemble.close();
    }
  }

  @Test
  void processStartsWithoutZooKeeperAndTakesPartWhenItComesAndWhenItComesBack() throws Exception {
    // The old session cannot be ended while ZooKeeper is away; that must not hold anybody up for
    // good.
    ensemble.folder(1).create();
    processes.sessionFile(1).write(Session.of(77, new byte[16]));
    ZooKeeperClient client = processes.client(1);
    List<Connection> heard = new CopyOnWriteArrayList<>();
    client.onConnection(heard::add);
    PrimaryElection election = processes.election(1, client);
    EpochNode epoch = new EpochNode(client);
    election.queue();
    epoch.advertise(3, 1, "192.0.2.1:3056");
    assertThat(epoch.highestKnown().get()).isEmpty();
    assertThat(client.connection()).isEqualTo(Connection.WAITING);

    ensemble.startAll();
    await().atMost(SOON).until(election::leading);
    await().atMost(SOON).until(() -> epoch.highestKnown().get().equals(OptionalLong.of(3)));

    ensemble.stop(1);
    await().atMost(SOON).until(() -> client.connection() == Connection.LOST);
    assertThat(election.leading()).isFalse();
    assertThat(epoch.highestKnown().get()).isEmpty();
    assertThat(heard).containsExactly(Connection.CONNECTED, Connection.SUSPENDED, Connection.LOST);

    ensemble.startAll();
    await().atMost(SOON).until(election::leading);
    assertThat(processes.leadershipHeard(1)).containsExactly(true, false, true);
    assertThat(processes.fatal()).isEmpty();
  }

  @Test
  void placeThatSomebodyDeletedIsTakenAnew() throws Exception {
    ensemble.startAll();
    PrimaryElection election = processes.election(1, processes.client(1));
    election.queue();
    await().atMost(SOON).until(election::leading);
    List<String> before = processes.children(PrimaryElection.PATH);

    // Curator's latch does not notice that its own node is gone, and would lead for ever.
    processes.eyes().delete(PrimaryElection.PATH + "/" + before.get(0), -1);

    await()
        .atMost(SOON)
        .until(
            () ->
                processes.children(PrimaryElection.PATH).size() == 1
                    && !processes.children(PrimaryElection.PATH).equals(before)
                    && election.leading());
    assertThat(processes.fatal()).isEmpty();
  }

  @Test
  void allComesBackAfterSomebodyDeletedTheWholeTree() throws Exception {
    ensemble.startAll();
    ZooKeeperClient client = processes.client(1);
    PrimaryElection election = processes.election(1, client);
    ServiceEntry entry = new ServiceEntry(Service.FRONTEND, ensemble.host(1), 3055, 8055);
    new ServiceRegistry(client).register(entry);
    ServiceDirectory directory = new ServiceDirectory(client);
    election.queue();
    await()
        .atMost(SOON)
        .until(() -> election.leading() && directory.list(Service.FRONTEND).size() == 1);
    List<String> before = processes.children(PrimaryElection.PATH);

    processes.forget();

    await()
        .atMost(SOON)
        .until(
            () ->
                processes.data(entry.path()).isPresent()
                    && processes.children(PrimaryElection.PATH).size() == 1
                    && !processes.children(PrimaryElection.PATH).equals(before)
                    && election.leading()
                    && directory.list(Service.FRONTEND).equals(List.of(entry)));
    assertThat(processes.fatal()).isEmpty();
  }

  @Test
  void processThatFindsNoProperPlaceWhateverItTriesGivesUp() throws Exception {
    ensemble.startAll();
    PrimaryElection election = processes.election(1, processes.client(1));
    election.queue();
    await().atMost(SOON).until(election::leading);

    // Its place is gone, and from the same moment on nobody may take one.
    String place = PrimaryElection.PATH + "/" + processes.children(PrimaryElection.PATH).get(0);
    processes.eyes().delete(place, -1);
    processes.eyes().setACL(PrimaryElection.PATH, ZooDefs.Ids.READ_ACL_UNSAFE, -1);

    await().atMost(SOON).until(() -> !processes.fatal().isEmpty());
    assertThat(processes.fatal().iterator().next()).contains("no proper place in the election");
    assertThat(election.leading()).isFalse();
  }

  @Test
  void sessionCannotBeClosedWhileZooKeeperIsAway() throws Exception {
    assertThat(
            new SessionCloser(ensemble.config())
                .close(Session.of(1, new byte[16]), Duration.ofMillis(300)))
        .isEqualTo(SessionCloser.Result.UNREACHABLE);
  }
}
