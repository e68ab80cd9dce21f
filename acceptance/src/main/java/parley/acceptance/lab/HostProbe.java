package parley.acceptance.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parley.client.HealthProbe;
import parley.client.ReplicaStatus;
import parley.client.ServerAddress;
import parley.client.StatusProbe;

/**
 * Looks at one host as its clients see it. What answered nothing is asked over a new connection
 * next time, so that no answer waits for TCP to notice that a network has healed.
 *
 * <p>For one thread at a time; a thread that watches beside others has a probe of its own.
 */
public final class HostProbe implements AutoCloseable {

  /** What the ZooKeeper peer of a host is to the others. */
  public enum PeerRole {
    LEADER,
    FOLLOWER
  }

  private static final int ZOOKEEPER_ANSWER_MAX = 4_096;

  private final ServerAddress zooKeeper;
  private final ServerAddress timelineService;
  private final ServerAddress frontend;
  private final Duration answerWithin;
  private StatusProbe status;
  private HealthProbe health;

  HostProbe(
      ServerAddress zooKeeper,
      ServerAddress timelineService,
      ServerAddress frontend,
      Duration answerWithin) {
    this.zooKeeper = zooKeeper;
    this.timelineService = timelineService;
    this.frontend = frontend;
    this.answerWithin = answerWithin;
  }

  /** Whether all three processes serve. */
  public boolean serves() throws InterruptedException {
    for (Role role : Role.values()) {
      if (!serves(role)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a process does what it is for: the coordinator's ZooKeeper peer has a majority, the
   * timeline service is the serving primary or follows one, the frontend takes posts.
   */
  public boolean serves(Role role) throws InterruptedException {
    return switch (role) {
      case COORDINATOR -> peer().isPresent();
      case TIMELINE_SERVICE -> replica().filter(HostProbe::takesPart).isPresent();
      case FRONTEND -> frontendServes();
    };
  }

  private static boolean takesPart(ReplicaStatus replica) {
    return replica.serving() || replica.primaryHost() != 0 && !replica.role().equals("candidate");
  }

  /** What the timeline service says of itself; nothing if it does not answer. */
  public Optional<ReplicaStatus> replica() throws InterruptedException {
    if (status == null) {
      status = new StatusProbe(List.of(timelineService));
    }
    Optional<ReplicaStatus> answer = status.ask(answerWithin).get(timelineService);
    if (answer.isEmpty()) {
      status.close();
      status = null;
    }
    return answer;
  }

  private boolean frontendServes() {
    if (health == null) {
      health = new HealthProbe(frontend);
    }
    boolean serves = health.serving(answerWithin).join();
    if (!serves) {
      health.close();
      health = null;
    }
    return serves;
  }

  /** What the ZooKeeper peer is; nothing if it has no majority or does not answer. */
  public Optional<PeerRole> peer() {
    String answer = askZooKeeper("srvr");
    if (answer.contains("\nMode: leader")) {
      return Optional.of(PeerRole.LEADER);
    }
    return answer.contains("\nMode: follower") ? Optional.of(PeerRole.FOLLOWER) : Optional.empty();
  }

  private String askZooKeeper(String word) {
    int timeoutMs = (int) answerWithin.toMillis();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(zooKeeper.host(), zooKeeper.port()), timeoutMs);
      socket.setSoTimeout(timeoutMs);
      socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(ZOOKEEPER_ANSWER_MAX);
      return new String(answer, StandardCharsets.US_ASCII);
    } catch (IOException noAnswer) {
      return "";
    }
  }

  @Override
  public void close() {
    if (status != null) {
      status.close();
    }
    if (health != null) {
      health.close();
    }
  }
}
