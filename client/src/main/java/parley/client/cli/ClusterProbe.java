package parley.client.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import parley.client.HealthProbe;
import parley.client.ReplicaStatus;
import parley.client.ServerAddress;
import parley.client.StatusProbe;

/** Asks all processes of all hosts at once how they are. For one thread at a time. */
final class ClusterProbe implements AutoCloseable {

  private final List<HostEndpoints> hosts;
  private final StatusProbe replicas;
  private final List<HealthProbe> frontends;
  private final ExecutorService peers =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "ask-zookeeper");
            thread.setDaemon(true);
            return thread;
          });

  ClusterProbe(List<HostEndpoints> hosts) {
    this.hosts = hosts;
    this.replicas = new StatusProbe(hosts.stream().map(HostEndpoints::timeline).toList());
    this.frontends = hosts.stream().map(host -> new HealthProbe(host.frontend())).toList();
  }

  /** Who has not answered {@code within} this time counts as unreachable. */
  ClusterStatus ask(Duration within) throws InterruptedException {
    List<CompletableFuture<Boolean>> serving = new ArrayList<>();
    List<CompletableFuture<Optional<String>>> roles = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      ServerAddress peer = hosts.get(i).zooKeeper();
      serving.add(frontends.get(i).serving(within));
      roles.add(CompletableFuture.supplyAsync(() -> PeerProbe.role(peer, within), peers));
    }
    Map<ServerAddress, Optional<ReplicaStatus>> answers = replicas.ask(within);
    List<HostStatus> statuses = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      HostEndpoints host = hosts.get(i);
      statuses.add(
          new HostStatus(
              host, answers.get(host.timeline()), roles.get(i).join(), serving.get(i).join()));
    }
    return new ClusterStatus(statuses);
  }

  @Override
  public void close() {
    replicas.close();
    frontends.forEach(HealthProbe::close);
    peers.shutdownNow();
  }
}
