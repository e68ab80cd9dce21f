package parley.client.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import parley.client.ServerAddress;

/** One round through frontends of which some do not serve yet. */
@Timeout(60)
class SearchTest {

  private final Loop loop = new Loop();
  private final List<FakeParley> servers =
      Stream.generate(() -> new FakeParley(new FakeCluster())).limit(3).toList();

  /** What the search has told: the frontend found, or why there is none. */
  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

  private Search search;

  private final Search.Listener listener =
      new Search.Listener() {
        @Override
        public void onFound(Connection connection) {
          connection.close();
          told.add(connection.frontend());
        }

        @Override
        public void onNobodyServes(String lastProblem) {
          told.add(lastProblem);
        }
      };

  @AfterEach
  void stop() {
    loop.execute(() -> search.close());
    loop.close();
    servers.forEach(FakeParley::close);
  }

  private void search(FakeParley... among) {
    loop.execute(
        () -> {
          search = new Search(loop, addresses(among), listener);
          search.begin();
        });
  }

  private static List<ServerAddress> addresses(FakeParley... servers) {
    return Stream.of(servers).map(FakeParley::address).toList();
  }

  private Object told() throws InterruptedException {
    return told.poll(30, TimeUnit.SECONDS);
  }

  @Test
  void findsWhoBeginsToServeMeanwhile() throws Exception {
    servers.forEach(server -> server.serving(false));
    search(servers.get(0), servers.get(1));
    await().until(() -> servers.get(0).connections() == 1 && servers.get(1).connections() == 1);

    servers.get(0).serving(true);

    assertThat(told()).isEqualTo(servers.get(0).address());
    await("the others' connections are closed").until(() -> servers.get(1).connections() == 0);
  }

  @Test
  void findsWhoWasNotKnownAtFirst() throws Exception {
    servers.get(0).serving(false);
    search(servers.get(0));
    await().until(() -> servers.get(0).connections() == 1);

    loop.execute(() -> search.include(addresses(servers.get(0), servers.get(1))));

    assertThat(told()).isEqualTo(servers.get(1).address());
    assertThat(servers.get(0).connectionsEver()).isEqualTo(1);
  }

  @Test
  void endsWhenAllAreGone() throws Exception {
    servers.get(0).serving(false);
    servers.get(1).kill();
    search(servers.get(0), servers.get(1));
    await().until(() -> servers.get(0).connections() == 1);

    servers.get(0).kill();

    assertThat(told()).asString().startsWith(servers.get(1).address() + ": ");
  }

  @Test
  void endsAfterAWhile() throws Exception {
    servers.get(0).serving(false);
    search(servers.get(0));

    assertThat(told()).isEqualTo(servers.get(0).address() + ": it has no primary");
  }
}
