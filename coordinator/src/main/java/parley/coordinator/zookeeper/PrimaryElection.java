package parley.coordinator.zookeeper;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.curator.utils.ZKPaths;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of processes that may become primary: who stands first should try.
 *
 * <p>Safety never depends on it. All methods may be called from any thread and return at once; the
 * work is done on the client's thread. Curator's latch can stall for good after a single failed
 * request, so its place in the queue is checked from outside: wrong for three session time-outs, it
 * is replaced; then the whole client is; then the process gives up, to be restarted.
 */
public final class PrimaryElection {
  static final String PATH = "/parley/election";
  private static final Logger log = LoggerFactory.getLogger(PrimaryElection.class);
  private static final int PATIENCE_SESSIONS = 3;

  private final ZooKeeperClient client;
  private final int hostId;
  private final LeadershipListener listener;
  private final Persistence wrongPlace = new Persistence();
  private CuratorFramework curator;
  private LeaderLatch latch;
  private boolean wanted;
  private Cure nextCure = Cure.NEW_LATCH;
  private volatile boolean leading;

  private enum Cure {
    NEW_LATCH,
    NEW_CLIENT,
    GIVE_UP
  }

  public PrimaryElection(ZooKeeperClient client, int hostId, LeadershipListener listener) {
    this.client = client;
    this.hostId = hostId;
    this.listener = listener;
    client.add(
        new Tenant() {
          @Override
          public void opened(CuratorFramework opened) {
            curator = opened;
            enter();
          }

          @Override
          public void closing() {
            exit();
            curator = null;
          }

          @Override
          public void tick(long nanos, boolean usable) {
            check(nanos, usable);
          }
        });
  }

  /** Stands in the queue from now on, at its end; nothing changes for who stands in it already. */
  public void queue() {
    client.execute(
        () -> {
          wanted = true;
          enter();
        });
  }

  /** Leaves the queue, and with it leadership; nothing changes for who does not stand in it. */
  public void leave() {
    client.execute(
        () -> {
          wanted = false;
          exit();
        });
  }

  /** Whether this process is first in the queue, as far as ZooKeeper lets it know. */
  public boolean leading() {
    return leading;
  }

  private void enter() {
    if (!wanted || latch != null || curator == null) {
      return;
    }
    LeaderLatch entered = new LeaderLatch(curator, PATH, Integer.toString(hostId));
    latch = entered;
    entered.addListener(
        new LeaderLatchListener() {
          @Override
          public void isLeader() {
            client.execute(() -> onLatch(entered));
          }

          @Override
          public void notLeader() {
            client.execute(() -> onLatch(entered));
          }
        });
    try {
      entered.start();
    } catch (Exception e) {
      // The check finds that it has no place in the queue.
      log.warn("The election cannot be joined now: {}", e.toString());
    }
  }

  private void exit() {
    if (latch == null) {
      return;
    }
    LeaderLatch left = latch;
    latch = null;
    become(false);
    try {
      left.close(LeaderLatch.CloseMode.SILENT);
    } catch (IOException | IllegalStateException e) {
      log.warn("The place in the election lasts as long as the session: {}", e.toString());
    }
  }

  /** Answers with what is true now, not with what was true when the event was sent. */
  private void onLatch(LeaderLatch which) {
    if (which == latch) {
      become(latch.hasLeadership());
    }
  }

  private void become(boolean next) {
    if (leading == next) {
      return;
    }
    leading = next;
    if (next) {
      log.info("Host {} is first in the election", hostId);
      listener.leadershipGained();
    } else {
      log.info("Host {} is not first in the election any more", hostId);
      listener.leadershipLost();
    }
  }

  private void check(long nanos, boolean usable) {
    Optional<ZooKeeper> handle = client.handle();
    if (latch == null || !usable || handle.isEmpty()) {
      wrongPlace.observe(nanos, false);
      return;
    }
    LeaderLatch checked = latch;
    handle
        .get()
        .getChildren(
            PATH,
            false,
            (rc, path, context, children) ->
                client.execute(() -> judge(nanos, checked, handle.get(), rc, children)),
            null);
  }

  private void judge(
      long nanos, LeaderLatch checked, ZooKeeper handle, int rc, List<String> children) {
    boolean answered = rc == Code.OK.intValue() || rc == Code.NONODE.intValue();
    if (checked != latch || !answered) {
      return;
    }
    List<String> queue =
        children == null
            ? List.of()
            : children.stream()
                .sorted(Comparator.comparing(ZKPaths::extractSequentialSuffix))
                .toList();
    String path = latch.getOurPath();
    int place = path == null ? -1 : queue.indexOf(ZKPaths.getNodeFromPath(path));
    if (place <= 0) {
      cure(nanos, place < 0 || !latch.hasLeadership());
      return;
    }
    // First in line must not be a node of this very session that no latch knows any more.
    handle.exists(
        PATH + "/" + queue.get(0),
        false,
        (code, first, context, stat) ->
            client.execute(
                () -> {
                  if (checked == latch) {
                    cure(nanos, stat != null && stat.getEphemeralOwner() == handle.getSessionId());
                  }
                }),
        null);
  }

  private void cure(long nanos, boolean wrong) {
    long lasted = wrongPlace.observe(nanos, wrong);
    if (!wrong) {
      nextCure = Cure.NEW_LATCH;
      return;
    }
    if (lasted < PATIENCE_SESSIONS * client.sessionNanos()) {
      return;
    }
    wrongPlace.observe(nanos, false);
    Cure cure = nextCure;
    log.warn("Host {} has no proper place in the election: {}", hostId, cure);
    switch (cure) {
      case NEW_LATCH -> {
        nextCure = Cure.NEW_CLIENT;
        exit();
        enter();
      }
      case NEW_CLIENT -> {
        nextCure = Cure.GIVE_UP;
        client.renew("the election is stuck");
      }
      case GIVE_UP -> client.fail("no proper place in the election, whatever was tried");
    }
  }
}
