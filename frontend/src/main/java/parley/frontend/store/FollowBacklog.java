package parley.frontend.store;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.frontend.delivery.AppliedRun;
import parley.frontend.delivery.Backlog;
import parley.frontend.loop.FrontendLoop;

/**
 * Reads older parts of the log for sessions that are far behind, from any replica that is there.
 * Owned by the loop.
 */
public final class FollowBacklog implements Backlog {
  private static final Logger LOG = LoggerFactory.getLogger(FollowBacklog.class);
  private static final int RETRY_MS = 200;

  private final FrontendLoop loop;
  private final Replicas replicas;
  private final EventDecoder decoder;

  /** Readings will go to these replicas. */
  public FollowBacklog(FrontendLoop loop, Replicas replicas, EventDecoder decoder) {
    this.loop = loop;
    this.replicas = replicas;
    this.decoder = decoder;
  }

  @Override
  public Reader open(long fromIndex, Consumer<AppliedRun> onRun) {
    return new LogReader(fromIndex, onRun);
  }

  private final class LogReader implements Reader {
    private final Consumer<AppliedRun> onRun;
    private LogFollower follower;
    private long nextIndex;
    private boolean wanted;
    private boolean closed;
    private int attempt;

    LogReader(long fromIndex, Consumer<AppliedRun> onRun) {
      this.nextIndex = fromIndex;
      this.onRun = onRun;
    }

    @Override
    public void next() {
      wanted = true;
      if (follower == null) {
        open();
      } else {
        follower.request(1);
      }
    }

    @Override
    public void close() {
      closed = true;
      if (follower != null) {
        follower.cancel("the session has caught up or gone");
      }
    }

    private void open() {
      int host = hostForAttempt();
      follower = new LogFollower(loop, host, nextIndex, 1, decoder, this::onRun, this::onBroken);
      follower.open(replicas);
    }

    /** This host's own replica first, then the others in turn, silent ones left out if possible. */
    private int hostForAttempt() {
      int[] alive = replicas.hosts().stream().mapToInt(h -> h).filter(replicas::isAlive).toArray();
      return alive.length == 0 ? replicas.ownHost() : alive[attempt % alive.length];
    }

    private void onRun(AppliedRun run) {
      wanted = false;
      nextIndex += run.events().size();
      onRun.accept(run);
    }

    private void onBroken(String why) {
      LOG.debug("reading the log from index {} on failed: {}", nextIndex, why);
      follower = null;
      attempt++;
      loop.after(
          RETRY_MS,
          () -> {
            if (!closed && wanted && follower == null) {
              open();
            }
          });
    }
  }
}
