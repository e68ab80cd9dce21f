package parley.frontend.store;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.frontend.delivery.AppliedRun;
import parley.frontend.delivery.AppliedTimeline;
import parley.frontend.delivery.GraphSnapshot;
import parley.frontend.loop.FrontendLoop;

/**
 * Keeps this frontend's timeline going: loads the graph once, then follows a replica's applied
 * commands from the index behind it, without gaps and without end.
 *
 * <p>Prefers the host's own replica. Leaves a replica that has died, at once; that has lost touch
 * with the primary; that another one is clearly ahead of; or whose stream has stopped although
 * others have more. Takes a few runs at a time from the network: what the loop cannot take yet
 * stays there. Owned by the loop.
 */
public final class AppliedFeed {
  private static final Logger LOG = LoggerFactory.getLogger(AppliedFeed.class);
  private static final int TICK_MS = 100;
  private static final long AT_ONCE_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MS);
  private static final int CREDITS = 4;
  private static final int CLEARLY_AHEAD = 20_000;
  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long HOME_AFTER_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final FrontendLoop loop;
  private final Replicas replicas;
  private final EventDecoder decoder;
  private final AppliedTimeline timeline;
  private final CommandOutbox outbox;
  private GraphLoad graphLoad;
  private LogFollower follower;
  private long progressNanos;
  private long switchedNanos;
  private int avoid;

  /** The timeline will be kept up to date, and the outbox be told of what is shown there. */
  public AppliedFeed(
      FrontendLoop loop,
      Replicas replicas,
      EventDecoder decoder,
      AppliedTimeline timeline,
      CommandOutbox outbox) {
    this.loop = loop;
    this.replicas = replicas;
    this.decoder = decoder;
    this.timeline = timeline;
    this.outbox = outbox;
  }

  /** Begins as soon as a replica is up to date. */
  public void start() {
    loop.every(TICK_MS, this::tick);
  }

  /** The host whose replica has what this frontend has, as far as is known. */
  int host() {
    return follower == null ? replicas.ownHost() : follower.host();
  }

  private void tick() {
    if (!timeline.isLoaded()) {
      maybeLoad();
    } else if (follower == null) {
      best().ifPresent(this::follow);
    } else {
      maybeLeave();
    }
  }

  private void maybeLoad() {
    OptionalInt host = best();
    if (graphLoad == null && host.isPresent() && replicas.isFresh(host.getAsInt())) {
      graphLoad =
          new GraphLoad(loop, snapshot -> onLoaded(snapshot, host.getAsInt()), this::onLoadFailed);
      graphLoad.open(replicas, host.getAsInt());
    }
  }

  private void onLoaded(GraphSnapshot snapshot, int host) {
    graphLoad = null;
    timeline.load(snapshot);
    LOG.info(
        "The graph is loaded from host {}: {} users, {} follows, as of index {}.",
        host,
        snapshot.names().size(),
        snapshot.follows().size(),
        snapshot.index());
    follow(host);
  }

  private void onLoadFailed(String why) {
    LOG.debug("the graph could not be loaded: {}", why);
    graphLoad = null;
  }

  private void follow(int host) {
    LOG.info("Following host {} from index {} on.", host, timeline.appliedIndex() + 1);
    progressNanos = System.nanoTime();
    switchedNanos = progressNanos;
    follower =
        new LogFollower(
            loop,
            host,
            timeline.appliedIndex() + 1,
            CREDITS,
            decoder,
            this::onRun,
            why -> onBroken(host, why));
    follower.open(replicas);
  }

  private void onRun(AppliedRun run) {
    progressNanos = System.nanoTime();
    avoid = 0;
    timeline.apply(run);
    outbox.onShown(run.own());
    follower.request(1);
  }

  private void onBroken(int host, String why) {
    LOG.info("No longer following host {}: {}.", host, why);
    follower = null;
    avoid = host;
    // Posts are shown late by as long as this takes; but what breaks at once again must wait.
    if (System.nanoTime() - switchedNanos > AT_ONCE_AFTER_NANOS) {
      best().stream().filter(other -> other != host).forEach(this::follow);
    }
  }

  private void maybeLeave() {
    int host = follower.host();
    OptionalInt best = best();
    if (best.isEmpty() || best.getAsInt() == host) {
      leaveIfStalled(host);
      return;
    }
    int other = best.getAsInt();
    if (replicas.isFresh(other) && !replicas.isFresh(host)) {
      leave(other, "it has heard nothing of the primary");
    } else if (!replicas.isAlive(host)) {
      leave(other, "it is silent");
    } else if (isClearlyAhead(other, host)) {
      leave(other, "host " + other + " is ahead of it");
    } else if (other == replicas.ownHost()
        && System.nanoTime() - switchedNanos > HOME_AFTER_NANOS
        && replicas.appliedIndex(other) >= timeline.appliedIndex()) {
      leave(other, "this host's own replica is up to date again");
    } else {
      leaveIfStalled(host);
    }
  }

  /** Somebody has applied more, and nothing of it has come for a while. */
  private void leaveIfStalled(int host) {
    long newest = 0;
    for (int each : replicas.hosts()) {
      if (replicas.isAlive(each)) {
        newest = Math.max(newest, replicas.appliedIndex(each));
      }
    }
    if (newest <= timeline.appliedIndex()) {
      progressNanos = System.nanoTime();
    } else if (System.nanoTime() - progressNanos > STALL_NANOS) {
      follower.cancel("stalled");
      onBroken(
          host,
          "index %d has been applied elsewhere, and nothing beyond %d comes"
              .formatted(newest, timeline.appliedIndex()));
    }
  }

  private void leave(int other, String why) {
    int host = follower.host();
    follower.cancel(why);
    LOG.info("No longer following host {}: {}.", host, why);
    follow(other);
  }

  private boolean isClearlyAhead(int one, int other) {
    return replicas.appliedIndex(one) > replicas.appliedIndex(other) + CLEARLY_AHEAD;
  }

  /**
   * The replica to follow: up to date if possible, near the front, this host's own if possible, and
   * not the one that has just failed, unless there is no other.
   */
  private OptionalInt best() {
    int best = 0;
    for (int host : replicas.hosts()) {
      if (replicas.isAlive(host) && (best == 0 || isBetter(host, best))) {
        best = host;
      }
    }
    return best == 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }

  private boolean isBetter(int host, int than) {
    if ((host == avoid) != (than == avoid)) {
      return than == avoid;
    }
    if (replicas.isFresh(host) != replicas.isFresh(than)) {
      return replicas.isFresh(host);
    }
    return isClearlyAhead(host, than);
  }
}
