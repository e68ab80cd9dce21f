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

/** A search among frontends of which some do not serve yet. */
@Timeout(60)
class SearchTest {

  private static final long SOON = 50;

  /** As the second is not tried because the first is slow, it is when that has said how it is. */
  private static final long NEVER = 600_000;

  private static final String ROUND_OVER = "the round is over";

  private final Loop loop = new Loop();
  private final List<FakeParley> servers =
      Stream.generate(() -> new FakeParley(new FakeCluster())).limit(3).toList();
  private final FakeParley first = servers.get(0);
  private final FakeParley second = servers.get(1);

  /** What the search has told: the frontend found, the end of a round, or why there is none. */
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
        public void onRoundOver() {
          told.add(ROUND_OVER);
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

  private void search(Search.Timing timing, boolean oneInUse, FakeParley... among) {
    loop.execute(
        () -> {
          search = new Search(loop, addresses(among), oneInUse, timing, listener);
          search.begin();
        });
  }

  private void searchWithTime(FakeParley... among) {
    search(new Search.Timing(NEVER, NEVER, NEVER), false, among);
  }

  private static List<ServerAddress> addresses(FakeParley... servers) {
    return Stream.of(servers).map(FakeParley::address).toList();
  }

  private void awaitConnections(int each, FakeParley... servers) {
    for (FakeParley server : servers) {
      await().until(() -> server.connections() == each);
    }
  }

  private Object told() throws InterruptedException {
    return told.poll(30, TimeUnit.SECONDS);
  }

  @Test
  void findsWhoBeginsToServeMeanwhile() throws Exception {
    first.serving(false);
    second.serving(false);
    searchWithTime(first, second);
    awaitConnections(1, first, second);

    first.serving(true);

    assertThat(told()).isEqualTo(first.address());
    awaitConnections(0, first, second);
  }

  @Test
  void whoIsEarlierInTheOrderHasTimeToServe() throws Exception {
    first.serving(false);
    second.serving(false);
    searchWithTime(first, second);
    awaitConnections(1, first, second);

    second.serving(true);
    first.serving(true);

    assertThat(told()).isEqualTo(first.address());
  }

  @Test
  void whoIsLaterInTheOrderIsTakenAfterAWhile() throws Exception {
    first.serving(false);
    search(new Search.Timing(NEVER, SOON, NEVER), false, first, second);

    assertThat(told()).isEqualTo(second.address());
  }

  @Test
  void whoIsInUseHasTimeToServe() throws Exception {
    search(new Search.Timing(NEVER, SOON, NEVER), true, first);

    assertThat(told()).isEqualTo(first.address());
  }

  @Test
  void findsWhoWasNotKnownAtFirst() throws Exception {
    first.serving(false);
    search(new Search.Timing(NEVER, SOON, NEVER), false, first);
    awaitConnections(1, first);

    loop.execute(() -> search.include(addresses(first, second)));

    assertThat(told()).isEqualTo(second.address());
    assertThat(first.connectionsEver()).isEqualTo(1);
  }

  @Test
  void goesOnAfterARoundWithThoseThatDoNotServeYet() throws Exception {
    first.serving(false);
    second.hang();
    search(new Search.Timing(NEVER, SOON, 2_000), false, first, second);

    assertThat(told()).isEqualTo(ROUND_OVER);
    first.serving(true);

    Object next = told();
    while (next.equals(ROUND_OVER)) {
      next = told();
    }
    assertThat(next).isEqualTo(first.address());
    assertThat(first.connectionsEver()).isEqualTo(1);
  }

  @Test
  void endsWhenNobodyAnswers() throws Exception {
    first.hang();
    search(new Search.Timing(NEVER, SOON, 500), false, first);

    assertThat(told()).isEqualTo(first.address() + ": it does not answer");
  }

  @Test
  void endsWhenAllAreGone() throws Exception {
    first.serving(false);
    searchWithTime(first);
    awaitConnections(1, first);

    first.kill();

    assertThat(told()).asString().startsWith(first.address() + ": ");
  }
}
