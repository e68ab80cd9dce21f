package parley.client.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import parley.client.ServerAddress;
import parley.client.base.Pauses;

/** How soon clients go on when a frontend is gone, and that many of them do so considerately. */
@Timeout(120)
class ReconnectionTest {

  private static final Duration WELL_UNDER_A_SECOND = Duration.ofMillis(800);
  private static final Duration SECONDS = Duration.ofMillis(3_500);

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final int ATTEMPTS = 4;

  private final FakeFrontends frontends = new FakeFrontends();
  private final List<FakeParley> servers = frontends.servers();
  private final Loop loop = new Loop();
  private final List<Connector> connectors = new ArrayList<>();

  /** One that stops a frontend. */
  private interface Stop {
    void accept(FakeParley frontend) throws Exception;
  }

  @BeforeEach
  void makeUsersKnown() {
    frontends.cluster().addUsers("alice", "bob");
  }

  @AfterEach
  void stop() {
    connectors.forEach(connector -> loop.execute(connector::close));
    loop.close();
    frontends.close();
  }

  @Test
  void aKilledFrontendCostsWellUnderASecond() throws Exception {
    assertGoesOnWithin(WELL_UNDER_A_SECOND, FakeParley::kill, FakeParley::restart);
  }

  @Test
  void aFrontendThatHangsCostsSeconds() throws Exception {
    assertGoesOnWithin(SECONDS, FakeParley::hang, FakeParley::resume);
  }

  // In one of some attempts: what is looked for is a client that waits, not a machine that does.
  private void assertGoesOnWithin(Duration limit, Stop stop, Stop goOn) throws Exception {
    ParleyClient client = frontends.connect();
    Outbox outbox = client.outbox("alice");
    ParleyClient.await(outbox.post("first").committed());
    List<Duration> pauses = new ArrayList<>();
    do {
      FakeParley left = frontends.used(client);
      long from = System.nanoTime();
      stop.accept(left);
      ParleyClient.await(outbox.post("next").committed());
      pauses.add(Duration.ofNanos(System.nanoTime() - from));
      goOn.accept(left);
    } while (pauses.size() < ATTEMPTS && pauses.get(pauses.size() - 1).compareTo(limit) > 0);
    assertThat(pauses).anyMatch(pause -> pause.compareTo(limit) <= 0);
  }

  @Test
  void clientsOfALostFrontendSpreadOverTheOthers() throws Exception {
    FakeParley first = servers.get(0);
    servers.get(1).serving(false);
    servers.get(2).serving(false);
    List<ParleyClient> many = Stream.generate(frontends::connect).limit(40).toList();
    assertThat(many).allMatch(client -> frontends.used(client) == first);
    servers.get(1).serving(true);
    servers.get(2).serving(true);

    first.kill();

    await().atMost(SOON).until(() -> many.stream().noneMatch(client -> uses(client, first)));
    long atSecond = many.stream().filter(c -> frontends.used(c) == servers.get(1)).count();
    // Drawn evenly: fewer than 5 of 40, or more than 35, come once in five million times.
    assertThat(atSecond).isBetween(5L, 35L);
  }

  @Test
  void clientsOfALostFrontendComeAfterPausesOfTheirOwn() throws Exception {
    List<ConnectionEvent> earlyEvents = connector(300);
    List<ConnectionEvent> lateEvents = connector(600_000);
    await().atMost(SOON).until(() -> earlyEvents.size() == 1 && lateEvents.size() == 1);

    servers.get(0).kill();

    await().atMost(SOON).until(() -> earlyEvents.size() == 3);
    assertThat(earlyEvents.get(2)).isEqualTo(servers.get(1).connected(true));
    assertThat(lateEvents)
        .as("it lost the frontend at the same time, and has not come yet")
        .hasSize(2);
    assertThat(servers.get(1).connectionsEver()).isEqualTo(1);
  }

  private List<ConnectionEvent> connector(long pauseMs) {
    List<ConnectionEvent> events = new CopyOnWriteArrayList<>();
    List<ServerAddress> known = servers.stream().map(FakeParley::address).limit(2).toList();
    Connector connector =
        new Connector(
            loop,
            new KnownFrontends(known),
            Search.Timing.DEFAULT,
            new Pauses(pauseMs, pauseMs, new SplittableRandom()),
            events::add);
    connectors.add(connector);
    loop.execute(connector::start);
    return events;
  }

  private static boolean uses(ParleyClient client, FakeParley server) {
    return client.frontend().stream().allMatch(server.address()::equals);
  }

  @Test
  void postsThatAreRefusedForNowAreSentAgainAfterGrowingPauses() throws Exception {
    ParleyClient client = frontends.connect();
    FakeParley used = frontends.used(client);
    used.refuse(Status.RESOURCE_EXHAUSTED.withDescription("too many calls"));
    Outbox outbox = client.outbox("alice");
    List<PendingPost> posts = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      posts.add(outbox.post("post " + i));
    }
    await().until(() -> used.refusedAt().size() >= 6);
    assertThat(outbox.pending()).isEqualTo(100);

    used.refuse(Status.OK);

    ParleyClient.await(outbox.flushed());
    for (PendingPost post : posts) {
      assertThat(ParleyClient.await(post.committed())).isPositive();
    }
    assertThat(frontends.cluster().texts("alice"))
        .isEqualTo(IntStream.rangeClosed(1, 100).mapToObj(i -> "post " + i).toList());
    List<Long> refusedAt = used.refusedAt();
    Duration fivePauses = Duration.ofNanos(refusedAt.get(5) - refusedAt.get(0));
    // Each is at least half of a length that begins with 50 ms and doubles; if all were like the
    // first, it would be a quarter of a second.
    assertThat(fivePauses).isGreaterThan(Duration.ofMillis((50 + 100 + 200 + 400 + 800) / 2));
  }

  @Test
  void callThatIsRefusedForNowIsMadeAgain() throws Exception {
    ParleyClient client = frontends.connect();
    FakeParley used = frontends.used(client);
    used.refuse(Status.RESOURCE_EXHAUSTED);
    var call = client.follow("alice", "bob");
    await().until(() -> used.refusedAt().size() >= 2);

    used.refuse(Status.OK);

    assertThat(ParleyClient.await(call)).isTrue();
    assertThat(frontends.used(client)).isSameAs(used);
  }
}
