package parley.client.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client's one connection while frontends lose and find their primary. */
@Timeout(60)
class ConnectorTest {

  private static final long SOON = 50;

  /** As nobody is tried because another is slow, who is tried last is when all others are known. */
  private static final long NEVER = 600_000;

  private final Loop loop = new Loop();
  private final List<FakeParley> servers =
      Stream.generate(() -> new FakeParley(new FakeCluster())).limit(3).toList();
  private final FakeParley first = servers.get(0);
  private final FakeParley second = servers.get(1);
  private final FakeParley third = servers.get(2);
  private final List<ConnectionEvent> events = new CopyOnWriteArrayList<>();
  private Connector connector;

  @BeforeEach
  void letOnlyTheFirstServe() {
    second.serving(false);
    third.serving(false);
  }

  @AfterEach
  void stop() {
    loop.execute(connector::close);
    loop.close();
    servers.forEach(FakeParley::close);
  }

  /** Uses the first; it has stopped serving, and the others are watched, when this returns. */
  private void loseThePrimary(long graceMs) {
    connector =
        new Connector(
            loop,
            new KnownFrontends(servers.stream().map(FakeParley::address).toList()),
            new Search.Timing(NEVER, graceMs, NEVER),
            Connector.pauses(),
            events::add);
    loop.execute(connector::start);
    await().until(() -> events.size() == 1 && first.connections() == 1);
    assertThat(events).containsExactly(first.connected(false));
    first.serving(false);
    await().until(() -> second.connections() == 1 && third.connections() == 1);
  }

  @Test
  void aFrontendThatServesAgainIsKeptThoughAnotherWasFaster() {
    loseThePrimary(NEVER);

    second.serving(true);
    first.serving(true);

    await("the others are not needed")
        .until(() -> second.connections() == 0 && third.connections() == 0);
    assertThat(first.connections()).isEqualTo(1);
    assertThat(events).hasSize(1);
  }

  @Test
  void aFrontendIsLeftForOneThatServes() {
    loseThePrimary(SOON);

    second.serving(true);

    await().until(() -> events.size() == 3);
    assertThat(events.subList(1, 3))
        .containsExactly(
            new ConnectionEvent.Lost(first.address(), "it has no primary"), second.connected(true));
    await("nobody else is needed")
        .until(() -> first.connections() == 0 && third.connections() == 0);
  }

  @Test
  void aFrontendThatBreaksWhileOthersAreWatchedIsReplacedByOneOfThem() throws Exception {
    loseThePrimary(SOON);

    first.kill();
    await().until(() -> events.size() == 2);
    second.serving(true);

    await().until(() -> events.size() == 3);
    assertThat(events.get(2)).isEqualTo(second.connected(true));
    assertThat(second.connectionsEver()).isEqualTo(1);
  }
}
