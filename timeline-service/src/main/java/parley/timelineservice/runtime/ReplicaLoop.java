package parley.timelineservice.runtime;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Effect;
import parley.timelineservice.paxos.Envelope;
import parley.timelineservice.paxos.Message;
import parley.timelineservice.paxos.PaxosReplica;
import parley.timelineservice.primary.FromFrontend;
import parley.timelineservice.primary.FrontendLine;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.Timeline;

/**
 * Drives the replication core: one thread that owns core and timeline, takes what other threads
 * hand in, and carries out the core's effects in their order. Everything else about a replica is
 * pure or an adapter. A broken invariant or a failing disk halts the process.
 */
public final class ReplicaLoop implements Replica, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ReplicaLoop.class);

  /**
   * Soft bound of a chunk of copied slots: long enough that a copy outruns the posts that go on
   * meanwhile, short enough for one transaction and for a heartbeat behind it to be in time.
   */
  private static final int CHUNK_BYTES = 2 << 20;

  private final ReplicaSettings settings;
  private final long incarnation;
  private final PaxosReplica core;
  private final Timeline timeline;
  private final Disk disk;
  private final DiskThread diskThread;
  private final AppliedSink sink;
  private final Peers peers;
  private final Election election;
  private final Executor readers;
  private final Halt halt;
  private final Mailbox mailbox = new Mailbox();
  private final CopyOnWriteArrayList<Runnable> newsListeners = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "replica");

  private PrimaryDesk desk;
  private boolean inLatchQueue;
  private long latchTurns;
  private long advertisedEpoch;
  private String loggedRole = "";
  private final Set<Integer> copyingTo = new HashSet<>();
  private boolean closing;
  private volatile News news;
  private volatile long sessions;

  /**
   * A replica that begins with {@link #start}.
   *
   * @param incarnation of the data folder
   * @param timeline as of the core's applied slot
   * @param readers runs what may block on the disk; may reject
   */
  public ReplicaLoop(
      ReplicaSettings settings,
      long incarnation,
      PaxosReplica core,
      Timeline timeline,
      Disk disk,
      AppliedSink sink,
      Peers peers,
      Election election,
      Executor readers,
      Halt halt) {
    this.settings = settings;
    this.incarnation = incarnation;
    this.core = core;
    this.timeline = timeline;
    this.disk = disk;
    this.sink = sink;
    this.peers = peers;
    this.election = election;
    this.readers = readers;
    this.halt = halt;
    diskThread =
        new DiskThread(disk, sequence -> mailbox.put(() -> core.onDurable(sequence)), halt);
    news = currentNews();
  }

  /** Starts the loop and the disk thread. */
  public void start() {
    diskThread.start();
    thread.start();
  }

  private void run() {
    try {
      long tickNanos = TimeUnit.MILLISECONDS.toNanos(settings.tickMillis());
      long nextTick = System.nanoTime() + tickNanos;
      while (!closing) {
        mailbox.take(waitNanos(nextTick, System.nanoTime())).forEach(Runnable::run);
        long now = System.nanoTime();
        if (now - nextTick >= 0) {
          // One tick, however late: this replica's own pause is not the others' silence.
          nextTick = now + tickNanos;
          tick(now);
        }
        settle(now);
      }
    } catch (RuntimeException | Error e) {
      halt.halt("Host " + settings.host() + " stops: its replica broke a rule", e);
    }
  }

  private long waitNanos(long nextTick, long now) {
    OptionalLong batch = desk == null ? OptionalLong.empty() : desk.nextBatchInNanos(now);
    return Math.min(nextTick - now, batch.orElse(Long.MAX_VALUE));
  }

  private void tick(long now) {
    core.tick();
    if (desk != null) {
      desk.tick(now);
    }
  }

  /** Carries out effects until there are none, then lets everybody know what has changed. */
  private void settle(long now) {
    boolean busy = true;
    while (busy) {
      List<Effect> effects = core.drain();
      effects.forEach(this::carryOut);
      openOrCloseDesk(now);
      busy = proposeWaiting(now) || !effects.isEmpty();
    }
    queueOrLeave();
    advertise();
    publishNews();
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.Send send) {
      peers.send(send.to(), envelope(send.message()));
    } else if (effect instanceof Effect.Persist persist) {
      diskThread.write(persist);
    } else if (effect instanceof Effect.Apply apply) {
      apply(apply.slot());
    } else if (effect instanceof Effect.SendCommitted request) {
      sendCommitted(request);
    } else if (effect instanceof Effect.ReadsConfirmed confirmed) {
      if (desk != null) {
        desk.onReadsConfirmed(confirmed.round(), confirmed.slot());
      }
    } else if (effect instanceof Effect.Ignored ignored) {
      log.debug("Ignored from {}: {}", ignored.envelope().from(), ignored.why());
    }
  }

  private Envelope envelope(Message message) {
    return new Envelope(settings.host(), incarnation, message);
  }

  private void apply(AcceptedBatch chosen) {
    List<Entry> entries = EntryCodec.decode(chosen.batch().bytes());
    AppliedSlot applied = timeline.apply(chosen.slot(), entries);
    sink.applied(applied, chosen.batch());
    diskThread.applied(applied);
    if (desk != null) {
      desk.onApplied(applied, entries);
    }
  }

  /**
   * Copies committed slots to another replica, one chunk at a time to each and beside everything
   * else (R16).
   */
  private void sendCommitted(Effect.SendCommitted request) {
    if (!copyingTo.add(request.to())) {
      return;
    }
    long appliedSlot = core.appliedSlot();
    try {
      readers.execute(() -> sendChunk(request, appliedSlot));
    } catch (RejectedExecutionException e) {
      copyingTo.remove(request.to());
      log.debug("Too many reads under way to copy to host {}; it asks again", request.to());
    }
  }

  private void sendChunk(Effect.SendCommitted request, long appliedSlot) {
    try {
      List<AcceptedBatch> slots = disk.committed(request.fromSlot(), CHUNK_BYTES);
      peers.send(request.to(), envelope(new Message.Chunk(slots, appliedSlot)));
    } catch (RuntimeException e) {
      halt.halt("Cannot read the log", e);
    }
    mailbox.put(() -> copyingTo.remove(request.to()));
  }

  // ------------------------------------------------------------------ leading

  private void openOrCloseDesk(long now) {
    if (core.isServing() && desk == null) {
      desk = new PrimaryDesk(core, timeline, settings.hosts(), settings.batchBytesMax(), now);
    } else if (!core.isServing() && desk != null) {
      desk.close("Host " + settings.host() + " is no longer the primary");
      desk = null;
    }
    sessions = desk == null ? 0 : desk.sessions();
  }

  private boolean proposeWaiting(long now) {
    boolean proposed = false;
    while (desk != null && core.canPropose()) {
      var batch = desk.nextBatch(now);
      if (batch.isEmpty()) {
        break;
      }
      core.propose(batch.get());
      proposed = true;
    }
    return proposed;
  }

  private void queueOrLeave() {
    boolean leave = core.latchTurns() != latchTurns || inLatchQueue && !core.wantsLatch();
    latchTurns = core.latchTurns();
    if (leave && !core.isPrimary()) {
      inLatchQueue = false;
      election.leave();
      core.onLatch(false, 0);
    }
    if (!inLatchQueue && core.wantsLatch()) {
      inLatchQueue = true;
      election.queue();
    }
  }

  private void advertise() {
    if (core.isOpen() && core.epoch().number() != advertisedEpoch) {
      advertisedEpoch = core.epoch().number();
      election.advertise(advertisedEpoch);
    }
  }

  // ------------------------------------------------------------------ news

  private void publishNews() {
    News before = news;
    News now = currentNews();
    news = now;
    boolean changed =
        before.epoch() != now.epoch()
            || before.primaryHost() != now.primaryHost()
            || before.serving() != now.serving()
            || before.appliedIndex() != now.appliedIndex();
    if (changed) {
      newsListeners.forEach(Runnable::run);
    }
    logRole(now);
  }

  private void logRole(News now) {
    String role = now.role() + (now.serving() ? ", serving" : "") + ", epoch " + core.epoch();
    if (!role.equals(loggedRole)) {
      loggedRole = role;
      log.info(
          "Host {} is {}; primary {}, promised {}, committed slot {}, applied index {}{}",
          settings.host(),
          role,
          now.primaryHost() == 0 ? "unknown" : "host " + now.primaryHost(),
          now.promised(),
          now.committedSlot(),
          now.appliedIndex(),
          waitsFor(now));
    }
  }

  private String waitsFor(News now) {
    boolean waits = now.role().equals("empty") || now.role().equals("newcomer");
    return waits ? "; answers of the others so far: " + core.awaited() : "";
  }

  private News currentNews() {
    long silentMs = core.primarySilentTicks() * settings.tickMillis();
    return new News(
        settings.host(),
        core.epoch().number(),
        core.primaryHost(),
        core.isServing(),
        timeline.appliedIndex(),
        timeline.appliedSlot(),
        core.committedSlot(),
        (int) Math.max(0, Math.min(silentMs, Integer.MAX_VALUE)),
        core.roleName(),
        core.promised().toString(),
        incarnation);
  }

  // ------------------------------------------------------------------ handed in by other threads

  @Override
  public CompletableFuture<Void> onPeerMessage(Envelope envelope) {
    return handIn(() -> core.step(envelope));
  }

  @Override
  public void onPeerLost(int host) {
    mailbox.put(() -> core.onLinkDown(host));
  }

  @Override
  public void onLineOpened(FrontendLine line) {
    mailbox.put(
        () -> {
          if (desk == null) {
            line.close("Host " + settings.host() + " is not the primary");
          } else {
            desk.opened(line);
          }
        });
  }

  @Override
  public CompletableFuture<Void> onLineMessage(FrontendLine line, FromFrontend message) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    mailbox.put(
        () -> {
          if (desk != null) {
            desk.onMessage(line, message);
          }
          taken.complete(null);
        });
    return taken;
  }

  @Override
  public void onLineClosed(FrontendLine line) {
    mailbox.put(
        () -> {
          if (desk != null) {
            desk.closed(line);
          }
        });
  }

  /**
   * The election latch was gained or lost, as far as ZooKeeper lets this host know. Any thread but
   * the loop's own.
   *
   * @param advertisedNumber the epoch number found in ZooKeeper, or 0 where it cannot be read (R1)
   */
  public void onLatch(boolean held, long advertisedNumber) {
    mailbox.put(() -> core.onLatch(held && inLatchQueue, advertisedNumber));
  }

  /**
   * Completes when the loop has turned: what liveness means for this process. Never, if it hangs.
   */
  public CompletableFuture<Void> turn() {
    CompletableFuture<Void> turned = new CompletableFuture<>();
    mailbox.offer(() -> turned.complete(null));
    return turned;
  }

  /** A full mailbox means overload: what may be lost is dropped then. */
  private CompletableFuture<Void> handIn(Runnable task) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    boolean accepted =
        mailbox.offer(
            () -> {
              task.run();
              taken.complete(null);
            });
    if (!accepted) {
      taken.complete(null);
    }
    return taken;
  }

  @Override
  public News news() {
    return news;
  }

  @Override
  public AutoCloseable onNews(Runnable listener) {
    newsListeners.add(listener);
    return () -> newsListeners.remove(listener);
  }

  @Override
  public long sessions() {
    return sessions;
  }

  /** Ends the loop, then writes what the disk thread still has; waits for both. */
  @Override
  public void close() {
    mailbox.put(() -> closing = true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException("closing the replica is never interrupted", e);
    }
    diskThread.close();
  }
}
