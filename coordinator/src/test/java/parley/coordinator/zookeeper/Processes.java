package parley.coordinator.zookeeper;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooKeeper;
import parley.coordinator.testing.TestEnsemble;

/**
 * The ZooKeeper sides of the timeline services of several hosts, and an observer's eyes on the
 * tree.
 */
final class Processes {
  static final Duration SOON = Duration.ofSeconds(15);

  private final TestEnsemble ensemble;
  private final List<ZooKeeperClient> clients = new ArrayList<>();
  private final Map<Integer, List<Boolean>> leadership = new TreeMap<>();
  private final Collection<String> fatal = new ConcurrentLinkedQueue<>();
  private ZooKeeper eyes;

  Processes(TestEnsemble ensemble) {
    this.ensemble = ensemble;
  }

  ZooKeeperClient client(int host) throws IOException {
    ensemble.folder(host).create();
    ZooKeeperClient client = new ZooKeeperClient(ensemble.config(), sessionFile(host), fatal::add);
    clients.add(client);
    client.start();
    return client;
  }

  PrimaryElection election(int host, ZooKeeperClient client) {
    List<Boolean> heard = new CopyOnWriteArrayList<>();
    leadership.put(host, heard);
    return new PrimaryElection(
        client,
        host,
        new LeadershipListener() {
          @Override
          public void leadershipGained() {
            heard.add(true);
          }

          @Override
          public void leadershipLost() {
            heard.add(false);
          }
        });
  }

  List<Boolean> leadershipHeard(int host) {
    return leadership.get(host);
  }

  Collection<String> fatal() {
    return fatal;
  }

  SessionFile sessionFile(int host) {
    return SessionFile.of(ensemble.folder(host), Service.TIMELINE_SERVICE);
  }

  Session session(int host) throws IOException {
    return sessionFile(host).read().orElseThrow();
  }

  SessionCloser.Result closeSession(int host) throws IOException, InterruptedException {
    return new SessionCloser(ensemble.config()).close(session(host), SOON);
  }

  ZooKeeper eyes() throws IOException {
    if (eyes == null) {
      eyes = new ZooKeeper(ensemble.config().zooKeeperConnectString(), 10_000, event -> {});
    }
    return eyes;
  }

  Optional<byte[]> data(String path) throws Exception {
    try {
      return Optional.of(eyes().getData(path, false, null));
    } catch (KeeperException.NoNodeException e) {
      return Optional.empty();
    }
  }

  List<String> children(String path) throws Exception {
    try {
      return eyes().getChildren(path, false);
    } catch (KeeperException.NoNodeException e) {
      return List.of();
    }
  }

  void awaitConnected(ZooKeeperClient client) {
    await().atMost(SOON).until(() -> client.connection() == Connection.CONNECTED);
  }

  void end() throws InterruptedException {
    endProcesses();
    if (eyes != null) {
      eyes.close();
    }
  }

  void endProcesses() {
    clients.forEach(ZooKeeperClient::close);
  }

  /** Empties the tree, all at once. */
  void forget() throws Exception {
    if (eyes().exists("/parley", false) != null) {
      List<String> paths = new ArrayList<>(ZKUtil.listSubTreeBFS(eyes(), "/parley"));
      Collections.reverse(paths);
      eyes().multi(paths.stream().map(path -> Op.delete(path, -1)).toList());
    }
  }
}
