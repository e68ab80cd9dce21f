package parley.coordinator.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.security.sasl.SaslException;
import org.apache.zookeeper.server.admin.AdminServer.AdminServerException;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.apache.zookeeper.server.quorum.QuorumPeer;
import org.apache.zookeeper.server.quorum.QuorumPeer.ServerState;
import org.apache.zookeeper.server.quorum.QuorumPeer.ZabState;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/** One life of ZooKeeper's quorum peer, from start to stop, in a thread of its own. */
final class RunningPeer {
  private final QuorumPeerConfig config;
  private final Consumer<String> ended;
  private final Main main = new Main();
  private final Thread thread = new Thread(this::run, "ensemble-peer");
  private volatile boolean stopping;

  /**
   * @param ended told, on a thread of the peer, why it ended or must end although nobody stopped it
   */
  RunningPeer(QuorumPeerConfig config, Consumer<String> ended) {
    this.config = config;
    this.ended = ended;
  }

  void start() {
    thread.start();
  }

  /** Whether the peer is running and takes part in no majority. */
  boolean isLooking() {
    QuorumPeer peer = main.peer;
    return peer != null && peer.getPeerState() == ServerState.LOOKING;
  }

  PeerState state() {
    QuorumPeer peer = main.peer;
    if (peer == null || !thread.isAlive()) {
      return PeerState.STOPPED;
    }
    if (peer.getZabState() != ZabState.BROADCAST) {
      return PeerState.LOOKING;
    }
    return switch (peer.getPeerState()) {
      case FOLLOWING, OBSERVING -> PeerState.FOLLOWING;
      case LEADING -> PeerState.LEADING;
      case LOOKING -> PeerState.LOOKING;
    };
  }

  /**
   * Ends the peer and waits for its thread.
   *
   * @return whether it ended in time
   */
  boolean stop(Duration limit) throws InterruptedException {
    stopping = true;
    main.close();
    thread.join(limit.toMillis());
    return !thread.isAlive();
  }

  private void run() {
    String why = "its thread ended";
    try {
      main.runFromConfig(config);
    } catch (IOException | AdminServerException | RuntimeException e) {
      why = e.toString();
    }
    tell(why);
  }

  private void tell(String why) {
    if (!stopping) {
      ended.accept(why);
    }
  }

  /** Makes the peer visible from the moment on that it exists, and has its log watched. */
  private final class Main extends QuorumPeerMain {
    private volatile QuorumPeer peer;

    @Override
    protected QuorumPeer getQuorumPeer() throws SaslException {
      peer = new Peer();
      return peer;
    }
  }

  private final class Peer extends QuorumPeer {
    Peer() throws SaslException {}

    @Override
    public void setTxnFactory(FileTxnSnapLog log) {
      try {
        super.setTxnFactory(
            new WatchedTxnLog(
                config.getDataLogDir(),
                config.getDataDir(),
                e -> tell("its log cannot be written (" + e.getMessage() + ")")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
