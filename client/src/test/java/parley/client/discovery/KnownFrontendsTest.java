package parley.client.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.client.ServerAddress;

/** Each test is a sentence of {@link KnownFrontends}. */
class KnownFrontendsTest {
  private static final ServerAddress ONE = new ServerAddress("192.0.2.1", 3055);
  private static final ServerAddress TWO = new ServerAddress("192.0.2.2", 3055);
  private static final ServerAddress THREE = new ServerAddress("192.0.2.3", 3055);
  private static final long LINGER = KnownFrontends.LINGER.toNanos();

  /** The monotonic clock may begin anywhere, and overflow. */
  private static final long START = Long.MAX_VALUE - 10;

  private final KnownFrontends known = new KnownFrontends();

  @Test
  void nothingIsKnownBeforeTheRegistryAndTheNameServiceHaveAnswered() {
    assertThat(known.frontends()).isEmpty();
    known.register(List.of(ONE), START);
    assertThat(known.frontends()).isEmpty();
    assertThat(known.unlocated()).containsExactly(ONE);
    known.locate(ONE, sockets(ONE));
    assertThat(known.unlocated()).isEmpty();
    assertKnown(List.of(ONE), List.of());
  }

  @Test
  void whatHasVanishedStaysKnownForAWhileBehindWhatIsRegistered() {
    register(START, ONE, TWO, THREE);
    register(START, TWO);
    assertKnown(List.of(TWO), List.of(ONE, THREE));
    register(START + LINGER - 1, TWO, THREE);
    assertKnown(List.of(TWO, THREE), List.of(ONE));
    known.expire(START + LINGER);
    assertKnown(List.of(TWO, THREE), List.of());
  }

  @Test
  void emptyRegistryTakesNothingAwayForGood() {
    register(START, ONE, TWO);
    register(START);
    known.expire(START + 1_000 * LINGER);
    assertKnown(List.of(), List.of(ONE, TWO));
  }

  @Test
  void lastOnesStayUntilAnotherCanBeConnectedTo() {
    register(START, ONE, TWO);
    register(START);
    long later = START + 10 * LINGER;
    known.register(List.of(THREE), later);
    assertKnown(List.of(), List.of(ONE, TWO));
    known.locate(THREE, sockets(THREE));
    known.expire(later);
    assertKnown(List.of(THREE), List.of());
  }

  @Test
  void whatWasKnownLastTimeCountsAsVanishedNow() {
    List<Frontend> remembered = List.of(new Frontend(ONE, sockets(ONE)));
    known.remember(remembered, START);
    assertKnown(List.of(), List.of(ONE));
    register(START, TWO);
    assertKnown(List.of(TWO), List.of(ONE));
    register(START, ONE, TWO);
    assertKnown(List.of(ONE, TWO), List.of());
  }

  @Test
  void whatNobodyCouldConnectToIsForgottenAtOnce() {
    register(START, ONE);
    known.register(List.of(ONE, TWO), START);
    known.register(List.of(ONE), START);
    known.locate(TWO, sockets(TWO));
    assertKnown(List.of(ONE), List.of());
  }

  @Test
  void isBoundedWhateverTheRegistrySays() {
    for (int i = 0; i < 10; i++) {
      int network = i;
      register(
          START + i,
          IntStream.range(0, 300)
              .mapToObj(host -> new ServerAddress("192.0." + network + "." + host % 256, 1 + host))
              .toArray(ServerAddress[]::new));
    }
    View.Frontends frontends = known.frontends().orElseThrow();
    assertThat(frontends.registered())
        .hasSize(KnownFrontends.COUNT_MAX)
        .allSatisfy(frontend -> assertThat(frontend.address().host()).startsWith("192.0.9."));
    assertThat(frontends.vanished())
        .hasSize(KnownFrontends.COUNT_MAX)
        .allSatisfy(frontend -> assertThat(frontend.address().host()).startsWith("192.0.8."));
  }

  private void register(long nanos, ServerAddress... addresses) {
    known.register(List.of(addresses), nanos);
    for (ServerAddress address : known.unlocated()) {
      known.locate(address, sockets(address));
    }
  }

  private void assertKnown(List<ServerAddress> registered, List<ServerAddress> vanished) {
    View.Frontends frontends = known.frontends().orElseThrow();
    assertThat(frontends.registered())
        .extracting(Frontend::address)
        .containsExactlyInAnyOrderElementsOf(registered);
    assertThat(frontends.vanished())
        .extracting(Frontend::address)
        .containsExactlyInAnyOrderElementsOf(vanished);
  }

  private static List<SocketAddress> sockets(ServerAddress address) {
    return List.of(new InetSocketAddress("127.0.0.1", address.port()));
  }
}
