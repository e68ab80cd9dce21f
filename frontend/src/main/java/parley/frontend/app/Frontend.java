package parley.frontend.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.coordinator.cluster.Settings;
import parley.frontend.api.ParleyService;
import parley.frontend.call.Connections;
import parley.frontend.call.InputRules;
import parley.frontend.call.OpenCalls;
import parley.frontend.call.Parts;
import parley.frontend.call.PostBudget;
import parley.frontend.delivery.AppliedTimeline;
import parley.frontend.loop.FrontendLoop;
import parley.frontend.messenger.MessengerService;
import parley.frontend.messenger.OutgoingMessages;
import parley.frontend.session.Presence;
import parley.frontend.store.AppliedFeed;
import parley.frontend.store.CommandOutbox;
import parley.frontend.store.EventDecoder;
import parley.frontend.store.FollowBacklog;
import parley.frontend.store.HistoryReader;
import parley.frontend.store.PrimaryLine;
import parley.frontend.store.ReadConfirmations;
import parley.frontend.store.Replicas;
import parley.frontend.store.StoreChannels;

/**
 * One frontend, put together: everything but the process around it.
 *
 * <p>Starts whatever is there of the cluster, and waits for the rest without giving up.
 */
public final class Frontend implements AutoCloseable {
  private static final int MAILBOX_TASKS = 20_000;
  private static final int CALLS_MS = 200;
  private static final int CHANNELS_MS = 1_000;

  /**
   * After so long without a line to a primary this frontend says that it does not serve, so that
   * clients which can choose take one that does. Most changes of primary are over before; where one
   * is not, nobody serves, and they stay.
   */
  private static final int BROKEN_MS_MAX = 1_000;

  private final FrontendLoop loop;
  private final StoreChannels channels;
  private final AppliedTimeline timeline;
  private final PrimaryLine primaryLine;
  private final PublicServer server;
  private final Listener listener;
  private boolean serving;

  /** Learns of the frontend's state; called on its loop, and must not block. */
  public interface Listener {
    /** Users are served. */
    void onServing();

    /** Users have to wait for this. */
    void onWaiting(String forWhat);

    /** This process must end, for this reason in one line. */
    void onSuperseded(String why);

    /** An invariant is broken: this process must end. */
    void onBroken(Throwable why);
  }

  /**
   * Starts.
   *
   * @param host this host's id
   * @param stores addresses of the timeline services by host id
   * @param listen where clients connect
   * @throws IOException that address cannot be had
   */
  public Frontend(
      int host,
      Map<Integer, InetSocketAddress> stores,
      InetSocketAddress listen,
      Settings settings,
      Listener listener)
      throws IOException {
    this.listener = listener;
    loop = new FrontendLoop(MAILBOX_TASKS, listener::onBroken);
    channels = new StoreChannels(stores);
    long incarnation = newIncarnation();
    int silentMs = settings.primarySilentMs();
    EventDecoder decoder = new EventDecoder(incarnation, new OutgoingMessages());
    Replicas replicas = new Replicas(loop, host, channels.byHost(), silentMs);
    timeline = new AppliedTimeline(new FollowBacklog(loop, replicas, decoder));
    CommandOutbox outbox = new CommandOutbox(incarnation, settings.batchBytesMax(), loop::after);
    AppliedFeed feed = new AppliedFeed(loop, replicas, decoder, timeline, outbox);
    Presence presence = new Presence();
    ReadConfirmations reads = new ReadConfirmations(timeline);
    HistoryReader history = new HistoryReader(loop, replicas, feed);
    OpenCalls openCalls = new OpenCalls(settings.callWaitMs());
    primaryLine =
        new PrimaryLine(
            loop, replicas, incarnation, silentMs, outbox, reads, presence, listener::onSuperseded);
    InputRules rules = new InputRules(settings.nameBytesMax(), settings.textBytesMax());
    Parts parts =
        new Parts(
            timeline,
            presence,
            outbox,
            reads,
            history,
            rules,
            new PostBudget(settings.bytesUnderWay(), settings.postsUnderWayPerStream(), rules),
            openCalls,
            settings.historyPosts());
    ParleyService parley = new ParleyService(loop, parts);
    try {
      server =
          PublicServer.start(
              host,
              listen,
              new Connections(loop, presence),
              List.of(MessengerService.define(loop, parts), parley.definition()));
    } catch (IOException e) {
      channels.close();
      throw e;
    }
    replicas.start();
    feed.start();
    primaryLine.start();
    loop.addWork(timeline.fanout()::turn);
    parley.start();
    loop.every(
        CALLS_MS,
        () -> {
          openCalls.giveUpExpired();
          reads.dropUnwanted();
          history.dropUnwanted();
        });
    // Last of the works, so that what the others produced in a turn leaves in the same turn.
    loop.addWork(
        () -> {
          outbox.flush();
          return false;
        });
    // A client that waits for a primary goes to whoever says first that it serves.
    loop.addWork(
        () -> {
          tellState();
          return false;
        });
    loop.every(CHANNELS_MS, channels::retryBroken);
    listener.onWaiting("a primary");
    loop.start();
  }

  /** The port that clients connect to. */
  public int port() {
    return server.port();
  }

  /** Completes when the loop has come around. */
  public CompletionStage<Void> turn() {
    return CompletableFuture.runAsync(() -> {}, loop);
  }

  /** Ends all connections at once. */
  @Override
  public void close() {
    server.close();
    loop.close();
    channels.close();
  }

  private void tellState() {
    boolean ready = timeline.isLoaded() && primaryLine.brokenMs() == 0;
    if (ready && !serving) {
      serving = true;
      server.setServing(true);
      listener.onServing();
    } else if (serving && primaryLine.brokenMs() > BROKEN_MS_MAX) {
      serving = false;
      server.setServing(false);
      listener.onWaiting("a primary");
    }
  }

  private static long newIncarnation() {
    SecureRandom random = new SecureRandom();
    long drawn = random.nextLong();
    while (drawn == 0) {
      drawn = random.nextLong();
    }
    return drawn;
  }
}
