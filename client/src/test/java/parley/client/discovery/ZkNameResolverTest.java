package parley.client.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.client.FakeFrontend;
import parley.client.ServerAddress;
import parley.proto.hw2.MessengerServerGrpc;
import parley.proto.hw2.Request;

/** Plain gRPC channels that know a target and nothing else. */
class ZkNameResolverTest {
  private static final int CALL_S = 20;
  private static final Pattern CLIENT_THREAD =
      Pattern.compile("parley-discovery|Curator|SendThread|EventThread");

  @TempDir private Path folder;
  private final Map<Integer, FakeFrontend> frontends = new HashMap<>();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private TestRegistry registry;

  @BeforeEach
  void prepare() throws Exception {
    registry = TestRegistry.in(folder);
  }

  @AfterEach
  void clean() {
    channels.forEach(ManagedChannel::shutdownNow);
    frontends.values().forEach(FakeFrontend::close);
    registry.close();
  }

  @Test
  void findsAFrontendAndAnotherWhenThatOneIsGone() throws Exception {
    registry.start();
    startFrontend(1);
    ManagedChannel channel = channel(registry.target());
    assertThat(answering(channel)).isEqualTo(1);

    startFrontend(2);
    registry.unregister(1);
    frontends.get(1).close();
    eventually().untilAsserted(() -> assertThat(answering(channel)).isEqualTo(2));

    frontends.put(1, new FakeFrontend(frontends.get(1).address().port()));
    registry.register(1, frontends.get(1).address());
    registry.unregister(2);
    frontends.get(2).close();
    eventually().untilAsserted(() -> assertThat(answering(channel)).isEqualTo(1));
  }

  @Test
  void asksWhicheverZooKeeperAnswers() throws Exception {
    registry.start();
    startFrontend(1);
    String working = registry.address();
    for (String servers :
        List.of(
            "no-such-host.invalid:2181,127.0.0.1:1," + working + ":2181",
            working + ":2181,127.0.0.1:1",
            working)) {
      assertThat(answering(channel("zk:///" + servers + TestRegistry.PATH)))
          .as(servers)
          .isEqualTo(1);
    }
    assertThat(answering(channel("zk://" + working + ":2181" + TestRegistry.PATH))).isEqualTo(1);
    assertThat(answering(channel("zk://" + working + "," + working + "00" + TestRegistry.PATH)))
        .isEqualTo(1);
  }

  @Test
  void whatIsKnownOutlivesZooKeeper() throws Exception {
    registry.start();
    startFrontend(1);
    startFrontend(2);
    ManagedChannel channel = channel(registry.target());
    int first = answering(channel);
    int second = 3 - first;

    registry.stop();
    assertThat(answering(channel)).isEqualTo(first);
    frontends.get(first).close();
    eventually().untilAsserted(() -> assertThat(answering(channel)).isEqualTo(second));
    assertThat(answering(channel(registry.target()))).isEqualTo(second);
    // The last channel may fall idle, and then there is nobody who watches.
    channels.forEach(ManagedChannel::enterIdle);
    assertThat(answering(channel)).isEqualTo(second);

    registry.start();
    startFrontend(3);
    registry.unregister(second);
    frontends.get(second).close();
    eventually().untilAsserted(() -> assertThat(answering(channel)).isEqualTo(3));
  }

  @Test
  void registryThatIsEmptyForAWhileMovesNobody() throws Exception {
    registry.start();
    for (int host = 1; host <= 3; host++) {
      startFrontend(host);
    }
    Map<ManagedChannel, Integer> before = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      ManagedChannel channel = channel(registry.target());
      before.put(channel, answering(channel));
    }
    assertThat(before.values()).as("who is used").contains(1, 2, 3);

    for (int host = 1; host <= 3; host++) {
      registry.unregister(host);
    }
    eventually().until(() -> registry.entries().isEmpty());
    assertNobodyMoved(before);
    for (int host = 1; host <= 3; host++) {
      registry.register(host, frontends.get(host).address());
      assertNobodyMoved(before);
    }
  }

  @Test
  void frontendsThatAllRestartGetTheirChannelsBack() throws Exception {
    registry.start();
    for (int host = 1; host <= 3; host++) {
      startFrontend(host);
    }
    List<ManagedChannel> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ManagedChannel channel = channel(registry.target());
      answering(channel);
      all.add(channel);
    }
    for (int host = 1; host <= 3; host++) {
      registry.unregister(host);
      frontends.get(host).close();
    }
    eventually().until(() -> registry.entries().isEmpty());
    for (int host = 1; host <= 3; host++) {
      frontends.put(host, new FakeFrontend(frontends.get(host).address().port()));
    }
    for (int host = 1; host <= 3; host++) {
      registry.register(host, frontends.get(host).address());
    }
    Set<Integer> used = new HashSet<>();
    for (ManagedChannel channel : all) {
      used.add(answering(channel));
    }
    assertThat(used).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void callsFailWithAReasonWhileNothingIsKnownAndSucceedOnceSomethingIs() throws Exception {
    ManagedChannel channel = channel(registry.target());
    assertThatThrownBy(() -> call(channel))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE))
        .hasMessageContaining(
            "no frontend is known yet: ZooKeeper at %s:2181 does not answer"
                .formatted(registry.address()));

    registry.start();
    eventually()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> call(channel))
                    .hasMessageContaining(
                        "no frontend is registered under %s in ZooKeeper at %s:2181"
                            .formatted(TestRegistry.PATH, registry.address())));

    registry.register(1, new ServerAddress("no-such-host.invalid", 3055));
    eventually()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> call(channel))
                    .hasMessageContaining("unknown here: no-such-host.invalid:3055"));

    startFrontend(2);
    assertThat(answering(channel)).isEqualTo(2);
  }

  @Test
  void callThatWaitsForReadyWaitsForTheFirstFrontend() throws Exception {
    registry.start();
    ManagedChannel channel = channel(registry.target());
    startFrontend(1);
    MessengerServerGrpc.newBlockingStub(channel)
        .withWaitForReady()
        .withDeadlineAfter(CALL_S, TimeUnit.SECONDS)
        .login(Request.getDefaultInstance());
    assertThat(frontends.get(1).calls()).hasSize(1);
  }

  @Test
  void hostNamesAreLookedUp() throws Exception {
    registry.start();
    frontends.put(1, new FakeFrontend());
    registry.register(1, new ServerAddress("localhost", frontends.get(1).address().port()));
    assertThat(answering(channel(registry.target()))).isEqualTo(1);
  }

  @Test
  void channelsOfOneTargetShareASessionThatEndsWithTheLast() throws Exception {
    registry.start();
    startFrontend(1);
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    ManagedChannel one = channel(registry.target());
    ManagedChannel two = channel(registry.target());
    assertThat(answering(one)).isEqualTo(1);
    assertThat(answering(two)).isEqualTo(1);
    assertThat(clientThreads(before))
        .allMatch(Thread::isDaemon)
        .filteredOn(thread -> thread.getName().equals("parley-discovery"))
        .hasSize(1);
    assertThat(clientThreads(before))
        .filteredOn(thread -> thread.getName().contains("SendThread"))
        .hasSize(1);

    one.shutdownNow();
    assertThat(answering(two)).isEqualTo(1);
    two.shutdownNow();
    eventually().untilAsserted(() -> assertThat(clientThreads(before)).isEmpty());
  }

  @Test
  void targetThatIsNoneIsRefusedAtOnce() {
    assertThatThrownBy(() -> channel("zk:///host1:port" + TestRegistry.PATH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'host1:port' is not host:port");
  }

  /** Why the path has the servers: should this fail one day, the nicer form works for everybody. */
  @Test
  void grpcItselfRefusesSeveralPortsInAnAuthority() {
    assertThatThrownBy(() -> channel("zk://host1:2181,host2:2181" + TestRegistry.PATH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Could not find a NameResolverProvider");
  }

  @Test
  void entriesLookAsDocumented() throws Exception {
    registry.start();
    registry.register(2, new ServerAddress("10.0.0.2", 3055));
    assertThat(registry.entries()).containsExactly("host2");
    assertThat(registry.data(2).replaceFirst("(?<=\"registrationTimeUTC\":)\\d+", "1"))
        .isEqualTo(
            "{\"name\":\"frontend\",\"id\":\"host2\",\"address\":\"10.0.0.2\",\"port\":3055,"
                + "\"sslPort\":null,\"payload\":{\"@class\":\"java.util.TreeMap\",\"host\":2},"
                + "\"registrationTimeUTC\":1,\"serviceType\":\"DYNAMIC\",\"uriSpec\":null}");
  }

  private void assertNobodyMoved(Map<ManagedChannel, Integer> before) {
    for (Map.Entry<ManagedChannel, Integer> channel : before.entrySet()) {
      assertThat(answering(channel.getKey())).isEqualTo(channel.getValue());
    }
  }

  private void startFrontend(int host) throws Exception {
    frontends.put(host, new FakeFrontend());
    registry.register(host, frontends.get(host).address());
  }

  private ManagedChannel channel(String target) {
    ManagedChannel channel = ManagedChannelBuilder.forTarget(target).usePlaintext().build();
    channels.add(channel);
    return channel;
  }

  /** The host whose frontend answers a call on this channel, waiting until one does. */
  private int answering(ManagedChannel channel) {
    Map<Integer, Integer> before = new HashMap<>();
    frontends.forEach((host, frontend) -> before.put(host, frontend.calls().size()));
    MessengerServerGrpc.newBlockingStub(channel)
        .withWaitForReady()
        .withDeadlineAfter(CALL_S, TimeUnit.SECONDS)
        .login(Request.getDefaultInstance());
    List<Integer> answered =
        frontends.entrySet().stream()
            .filter(frontend -> frontend.getValue().calls().size() > before.get(frontend.getKey()))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(answered).hasSize(1);
    return answered.get(0);
  }

  private static void call(ManagedChannel channel) {
    MessengerServerGrpc.newBlockingStub(channel)
        .withDeadlineAfter(CALL_S, TimeUnit.SECONDS)
        .login(Request.getDefaultInstance());
  }

  private static ConditionFactory eventually() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(StatusRuntimeException.class);
  }

  /** What runs for a registry's reader, and did not run before. */
  private static List<Thread> clientThreads(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .filter(thread -> CLIENT_THREAD.matcher(thread.getName()).find())
        .toList();
  }
}
