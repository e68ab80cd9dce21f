package parley.coordinator.ensemble;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.security.sasl.SaslException;
import org.apache.zookeeper.server.admin.AdminServer.AdminServerException;
import org.apache.zookeeper.server.quorum.QuorumPeer;
import org.apache.zookeeper.server.quorum.QuorumPeer.ServerState;
import org.apache.zookeeper.server.quorum.QuorumPeer.ZabState;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/** One life of ZooKeeper's quorum peer, from start to stop, in a thread of its own. */
final class RunningPeer {
  private final Main main = new Main();
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * @param ended told, on the peer's thread, why the peer ended although nobody stopped it
   */
  RunningPeer(QuorumPeerConfig config, Consumer<String> ended) {
    this.thread = new Thread(() -> run(config, ended), "ensemble-peer");
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

  private void run(QuorumPeerConfig config, Consumer<String> ended) {
    String why = "its thread ended";
    try {
      main.runFromConfig(config);
    } catch (IOException | AdminServerException | RuntimeException e) {
      why = e.toString();
    }
    if (!stopping) {
      ended.accept(why);
    }
  }

  /** Makes the peer visible from the moment on that it exists. */
  private static final class Main extends QuorumPeerMain {
    private volatile QuorumPeer peer;

    @Override
    protected QuorumPeer getQuorumPeer() throws SaslException {
      peer = super.getQuorumPeer();
      return peer;
    }
  }
}
