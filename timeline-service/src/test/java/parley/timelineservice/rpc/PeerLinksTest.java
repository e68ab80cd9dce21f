package parley.timelineservice.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Envelope;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Message;

class PeerLinksTest {

  private static final String ADDRESS = "127.31.0.2";
  private static final int MAX_MESSAGE = 1 << 20;

  private static final Envelope LAST_PROBE = fetch(-1);

  private final RpcThreads peerThreads = new RpcThreads();
  private final RpcThreads threads = new RpcThreads();
  private final FakeReplica peer = new FakeReplica(2);
  private RpcServer server;
  private PeerLinks links;

  private static ConditionFactory soon() {
    return await().pollInterval(Duration.ofMillis(10)).atMost(Patience.LIMIT);
  }

  private int startPeer(int port) throws IOException {
    RpcSettings settings =
        new RpcSettings(2, Map.of(), MAX_MESSAGE, 200, RpcSettings.KEEP_ALIVE_MILLIS);
    server =
        RpcServer.start(
            peerThreads,
            new InetSocketAddress(ADDRESS, port),
            settings,
            peer,
            new FakeReads(),
            Runnable::run);
    return server.port();
  }

  private void connect(int port) {
    links = new PeerLinks(threads, Map.of(2, ADDRESS + ":" + port), MAX_MESSAGE);
    probeUntilDelivered();
  }

  /** Sends until something arrives: what is sent without a connection is lost. */
  private void probeUntilDelivered() {
    peer.peerMessages.remove(LAST_PROBE);
    int before = peer.peerMessages.size();
    soon()
        .until(
            () -> {
              links.send(2, fetch(0));
              return peer.peerMessages.size() > before;
            });
    links.send(2, LAST_PROBE);
    soon().until(() -> peer.peerMessages.contains(LAST_PROBE));
  }

  private static Envelope fetch(long slot) {
    return new Envelope(1, 10, new Message.Fetch(slot));
  }

  private static Envelope accept(long slot, int bytes) {
    return new Envelope(
        1, 10, new Message.Accept(new Epoch(1, 1, 10), slot, new Batch(1, new byte[bytes]), 0));
  }

  private List<Long> acceptedSlots() {
    return peer.peerMessages.stream()
        .map(Envelope::message)
        .filter(Message.Accept.class::isInstance)
        .map(message -> ((Message.Accept) message).slot())
        .toList();
  }

  @AfterEach
  void close() {
    if (links != null) {
      links.close();
    }
    if (server != null) {
      server.close();
    }
    threads.close();
    peerThreads.close();
  }

  @Test
  void messagesArriveWholeAndInOrder() throws IOException {
    connect(startPeer(0));
    for (int slot = 1; slot <= 500; slot++) {
      links.send(2, accept(slot, 1_000));
    }
    soon().until(() -> acceptedSlots().size() == 500);
    assertThat(acceptedSlots()).isSorted().doesNotHaveDuplicates();
    assertThat(peer.peerMessages).contains(accept(500, 1_000));
  }

  @Test
  void linkComesBackByItselfWhenThePeerIsRestarted() throws IOException {
    int port = startPeer(0);
    connect(port);
    server.close();
    links.send(2, fetch(1));
    startPeer(port);
    probeUntilDelivered();
  }

  @Test
  void linkToAPeerThatStartsLaterComesUpByItself() throws IOException {
    int port = startPeer(0);
    server.close();
    links = new PeerLinks(threads, Map.of(2, ADDRESS + ":" + port), MAX_MESSAGE);
    links.send(2, fetch(1));
    startPeer(port);
    probeUntilDelivered();
  }

  @Test
  void whatAPeerDoesNotReadIsDroppedBeyondABound() throws IOException {
    connect(startPeer(0));
    CompletableFuture<Void> stalled = new CompletableFuture<>();
    peer.taking = stalled;
    int sent = 3_000;
    for (int slot = 1; slot <= sent; slot++) {
      links.send(2, accept(slot, 10_000));
    }
    soon().until(() -> acceptedSlots().size() == ReplicationService.WINDOW);

    assertThat(acceptedSlots()).hasSize(ReplicationService.WINDOW);
    peer.taking = CompletableFuture.completedFuture(null);
    stalled.complete(null);
    soon()
        .until(
            () -> {
              links.send(2, accept(sent + 1, 10));
              return acceptedSlots().contains((long) sent + 1);
            });
    assertThat(acceptedSlots().stream().filter(slot -> slot <= sent))
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSizeLessThan(1_000);
  }

  @Test
  void messageThatIsTooLongIsDroppedAndTheLinkStays() throws IOException {
    connect(startPeer(0));
    links.send(2, accept(1, MAX_MESSAGE + 1));
    links.send(2, accept(2, MAX_MESSAGE - 1_000));
    soon().until(() -> acceptedSlots().contains(2L));
    assertThat(acceptedSlots()).containsExactly(2L);
    assertThat(peer.lostPeers).isEmpty();
  }

  @Test
  void replicaIsToldWhenAPeersStreamEnds() throws IOException {
    connect(startPeer(0));
    assertThat(peer.lostPeers).isEmpty();
    links.close();
    soon().until(() -> peer.lostPeers.equals(List.of(1)));
  }

  @Test
  void hostThatIsNoPeerIsRefused() {
    links = new PeerLinks(threads, Map.of(), MAX_MESSAGE);
    assertThatThrownBy(() -> links.send(9, fetch(1))).hasMessageContaining("Host 9");
  }

  @Test
  void portInUseIsOneClearLine() throws IOException {
    int port = startPeer(0);
    assertThatThrownBy(() -> startPeer(port))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(ADDRESS + ":" + port)
        .hasMessageContaining("another process");
  }
}
