package parley.client.v1;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.client.ServerAddress;

/** Three frontends of one made-up cluster, and clients of them. For one thread. */
final class FakeFrontends implements AutoCloseable {

  // Many clients may have to connect first.
  private static final Duration SOON = Duration.ofSeconds(40);

  private final FakeCluster cluster = new FakeCluster();
  private final List<FakeParley> servers =
      Stream.generate(() -> new FakeParley(cluster)).limit(3).toList();
  private final List<ParleyClient> clients = new ArrayList<>();

  FakeCluster cluster() {
    return cluster;
  }

  List<FakeParley> servers() {
    return servers;
  }

  ParleyClient connect() {
    return connect(ClientOptions.DEFAULT, servers);
  }

  ParleyClient connect(ClientOptions options, List<FakeParley> to) {
    return connect(
        to.stream()
            .map(FakeParley::address)
            .map(ServerAddress::toString)
            .collect(Collectors.joining(",")),
        options);
  }

  ParleyClient connect(String target, ClientOptions options) {
    ParleyClient client = ParleyClient.connect(target, options);
    clients.add(client);
    return client;
  }

  /** The server that a client uses, waiting for it to use one. */
  FakeParley used(ParleyClient client) {
    ServerAddress address =
        await().atMost(SOON).until(client::frontend, Optional::isPresent).orElseThrow();
    return servers.stream()
        .filter(server -> server.address().equals(address))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    clients.forEach(ParleyClient::close);
    servers.forEach(FakeParley::close);
  }
}
