package parley.frontend.store;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.frontend.loop.FrontendLoop;
import parley.frontend.session.Presence;
import parley.frontend.session.PresenceLine;
import parley.proto.StatusWords;
import parley.proto.store.Claim;
import parley.proto.store.ConfirmRead;
import parley.proto.store.FrontendMessage;
import parley.proto.store.Held;
import parley.proto.store.Hello;
import parley.proto.store.PrimaryMessage;
import parley.proto.store.Registered;
import parley.proto.store.Release;
import parley.proto.store.StoreGrpc;
import parley.proto.store.Submit;
import parley.proto.store.Submitted;

/**
 * Keeps one line to the primary, whoever that is: opens it, registers this frontend once through
 * the log (R11), and opens another when it breaks, falls silent or a newer primary announces
 * itself.
 *
 * <p>The line goes to the primary's own address or, as long as that cannot be reached, through
 * another replica. {@link CommandOutbox}, {@link ReadConfirmations} and {@link Presence} use it
 * from the registration on and repeat on the next line what was not answered on this one. Owned by
 * the loop.
 */
public final class PrimaryLine {
  private static final Logger LOG = LoggerFactory.getLogger(PrimaryLine.class);
  private static final int TICK_MS = 50;
  private static final int FIRST_PAUSE_MS = 50;
  private static final int LONGEST_PAUSE_MS = 200;

  /** A line through another replica is left for a direct one, but not sooner. */
  private static final long DETOUR_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int NAMES_PER_HELLO = 1_000;

  /** In the order of the wire format's numbers, from 1. */
  private static final Outcome[] OUTCOMES = Outcome.values();

  private final FrontendLoop loop;
  private final Replicas replicas;
  private final long incarnation;
  private final long silentNanos;
  private final CommandOutbox outbox;
  private final ReadConfirmations reads;
  private final Presence presence;
  private final Consumer<String> onSuperseded;

  /** The incarnation that this one is to replace, as the primary last named it; 0 if none. */
  private long replaces;

  private boolean registered;
  private Line line;
  private int failures;
  private long nextAttemptNanos;

  /** Whom the last attempt was made for; null before the first one. */
  private Replicas.Primary tried;

  private long closedNanos;

  /**
   * @param incarnation drawn at random when this process started; never 0
   * @param silentMs a line without a message for so long is broken
   * @param onSuperseded told in one line for people why this process must end: another one of its
   *     host has taken its place
   */
  public PrimaryLine(
      FrontendLoop loop,
      Replicas replicas,
      long incarnation,
      int silentMs,
      CommandOutbox outbox,
      ReadConfirmations reads,
      Presence presence,
      Consumer<String> onSuperseded) {
    this.loop = loop;
    this.replicas = replicas;
    this.incarnation = incarnation;
    this.silentNanos = TimeUnit.MILLISECONDS.toNanos(silentMs);
    this.outbox = outbox;
    this.reads = reads;
    this.presence = presence;
    this.onSuperseded = onSuperseded;
  }

  /** Begins to look for the primary. */
  public void start() {
    nextAttemptNanos = System.nanoTime();
    closedNanos = nextAttemptNanos;
    replicas.onNews(this::onNews);
    loop.every(TICK_MS, this::tick);
  }

  /** Whether commands reach a primary now. */
  public boolean isOpen() {
    return line != null && line.inUse && line.heard;
  }

  /** Since the line was last open; 0 while it is. */
  public long brokenMs() {
    return isOpen() ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - closedNanos);
  }

  /**
   * What is heard of the primary is not what the last attempt was made for: another one is made at
   * once. Candidates name the primary that is gone in their own epoch, so a frontend may have tried
   * that one under the very epoch in which the winner then serves.
   */
  private void onNews() {
    Optional<Replicas.Primary> newest = replicas.primary();
    if (newest.isEmpty() || newest.get().equals(tried)) {
      return;
    }
    if (line == null) {
      openNow();
    } else if (isBehind(newest.get())) {
      breakLine("host " + newest.get().host() + " leads in epoch " + newest.get().epoch());
      openNow();
    }
  }

  /** Whether the line is to an older primary, or was not answered yet and is meant for another. */
  private boolean isBehind(Replicas.Primary newest) {
    return line.heard
        ? newest.serving() && newest.epoch() > line.epoch
        : mayTakeALine(newest) && newest.host() != tried.host();
  }

  private void tick() {
    if (line == null) {
      maybeOpen();
    } else if (System.nanoTime() - line.heardNanos > silentNanos) {
      breakLine("it is silent");
    } else if (System.nanoTime() - line.openedNanos > DETOUR_NANOS && isDetour()) {
      breakLine("the primary can be reached without host " + line.host);
      openNow();
    }
  }

  /** Whether the line goes through another replica though the primary itself can be heard. */
  private boolean isDetour() {
    return replicas
        .primary()
        .filter(primary -> primary.serving() && primary.host() != line.host)
        .isPresent();
  }

  private void openNow() {
    nextAttemptNanos = System.nanoTime();
    failures = 0;
    maybeOpen();
  }

  private void maybeOpen() {
    if (line != null || System.nanoTime() - nextAttemptNanos < 0) {
      return;
    }
    replicas
        .primary()
        .filter(this::mayTakeALine)
        .ifPresent(
            primary -> {
              List<Integer> ways = waysTo(primary.host());
              tried = primary;
              line = new Line(ways.get(failures % ways.size()), primary.epoch());
              line.open();
            });
  }

  /** One that can be heard, and does not say that it serves, would refuse it. */
  private boolean mayTakeALine(Replicas.Primary primary) {
    return primary.serving() || !replicas.isAlive(primary.host());
  }

  /** The hosts to try in turn: the primary's first, unless it is silent and others are not. */
  private List<Integer> waysTo(int primary) {
    List<Integer> ways = new ArrayList<>();
    List<Integer> last = new ArrayList<>();
    (replicas.isAlive(primary) ? ways : last).add(primary);
    for (int host : replicas.hosts()) {
      if (host != primary) {
        (replicas.isAlive(host) ? ways : last).add(host);
      }
    }
    ways.addAll(last);
    return ways;
  }

  private void breakLine(String why) {
    line.cancel(why);
    onBroken(why);
  }

  private void onBroken(String why) {
    if (isOpen()) {
      LOG.info("The line to the primary of epoch {} has ended: {}.", line.epoch, why);
      closedNanos = System.nanoTime();
    } else {
      LOG.debug("no line to the primary through host {}: {}", line.host, why);
    }
    if (line.inUse) {
      outbox.onLineClosed();
      reads.onLineClosed();
      presence.onLineClosed();
    }
    line = null;
    int pauseMs = Math.min(FIRST_PAUSE_MS << Math.min(failures, 10), LONGEST_PAUSE_MS);
    failures++;
    nextAttemptNanos =
        System.nanoTime()
            + TimeUnit.MILLISECONDS.toNanos(
                pauseMs / 2 + ThreadLocalRandom.current().nextInt(pauseMs));
  }

  private void onRegistered(Registered message) {
    if (registered && message.getCurrent() == incarnation) {
      return;
    }
    if (message.getCurrent() == incarnation) {
      registered = true;
      line.use();
    } else if (registered || message.getCurrent() == replaces) {
      // Asked to replace the current one, the log did not: this one was replaced before.
      superseded();
    } else {
      replaces = message.getCurrent();
      line.hello();
    }
  }

  private void superseded() {
    onSuperseded.accept(
        "Another frontend process has taken this one's place (incarnation %016x): ending."
            .formatted(incarnation));
  }

  /** One Connect stream. */
  private final class Line extends LoopCall<FrontendMessage, PrimaryMessage>
      implements SubmitLine, ReadConfirmations.ReadLine, PresenceLine {
    final int host;

    /** The highest epoch told on this line; until one is, that of the primary hoped for. */
    long epoch;

    private boolean epochTold;

    final long openedNanos = System.nanoTime();
    long heardNanos = openedNanos;

    /** The primary has spoken: before, the line is but a hope. */
    boolean heard;

    /** Registered: commands, reads and presence go over this line. */
    boolean inUse;

    Line(int host, long epoch) {
      super(loop, AUTOMATIC);
      this.host = host;
      this.epoch = epoch;
    }

    void open() {
      StoreGrpc.newStub(replicas.channel(host)).connect(this);
      hello();
      if (registered) {
        use();
      }
    }

    void hello() {
      List<String> names = presence.heldNames();
      int from = 0;
      do {
        int to = Math.min(names.size(), from + NAMES_PER_HELLO);
        send(
            FrontendMessage.newBuilder()
                .setHello(
                    Hello.newBuilder()
                        .setHost(replicas.ownHost())
                        .setIncarnation(incarnation)
                        .addAllNames(names.subList(from, to))
                        .setComplete(to == names.size())
                        .setRegister(!registered)
                        .setReplaces(replaces))
                .build());
        from = to;
      } while (from < names.size());
    }

    void use() {
      inUse = true;
      presence.onLineOpen(this);
      reads.onLineOpen(this);
      outbox.onLineOpen(this);
    }

    @Override
    void onMessage(PrimaryMessage message) {
      heardNanos = System.nanoTime();
      failures = 0;
      switch (message.getKindCase()) {
        case NEWS -> onNews(message.getNews().getEpoch());
        case REGISTERED -> onRegistered(message.getRegistered());
        case SUBMITTED -> onSubmitted(message.getSubmitted());
        case READ_CONFIRMED ->
            reads.onConfirmed(
                message.getReadConfirmed().getId(), message.getReadConfirmed().getIndex());
        case CLAIMED ->
            presence.onClaimed(message.getClaimed().getId(), message.getClaimed().getGranted());
        case RELEASED -> presence.onReleased(message.getReleased().getId());
        case IS_HELD -> {
          boolean held = presence.isHeld(message.getIsHeld().getName());
          send(
              FrontendMessage.newBuilder()
                  .setHeld(Held.newBuilder().setId(message.getIsHeld().getId()).setHeld(held))
                  .build());
        }
        case KIND_NOT_SET -> LOG.debug("a message of an unknown kind from the primary is ignored");
      }
      // A replica that is no primary tells its news, too, before it ends the line.
      boolean serves = !message.hasNews() || message.getNews().getServing();
      if (!heard && inUse && line == this && serves) {
        heard = true;
        LOG.info("A line to the primary of epoch {} is open through host {}.", epoch, host);
      }
    }

    private void onNews(long told) {
      epoch = epochTold ? Math.max(epoch, told) : told;
      epochTold = true;
    }

    private void onSubmitted(Submitted message) {
      if (message.getUnknownClient()) {
        superseded();
      } else if (message.getResendFromNumber() != 0) {
        outbox.onResend(message.getFirstNumber(), message.getResendFromNumber());
      } else {
        List<Outcome> outcomes = new ArrayList<>(message.getOutcomesCount());
        for (parley.proto.store.Outcome outcome : message.getOutcomesList()) {
          if (outcome.getNumber() < 1 || outcome.getNumber() > OUTCOMES.length) {
            reject("an outcome of the unknown kind " + outcome);
            return;
          }
          outcomes.add(OUTCOMES[outcome.getNumber() - 1]);
        }
        outbox.onResults(message.getFirstNumber(), outcomes);
      }
    }

    @Override
    void onEnd(Status status) {
      onBroken(StatusWords.of(status));
    }

    @Override
    public void submit(Chunk chunk, long acknowledgedNumber) {
      send(
          FrontendMessage.newBuilder()
              .setSubmit(
                  Submit.newBuilder()
                      .setClient(incarnation)
                      .setFirstNumber(chunk.firstNumber())
                      .setCount(chunk.count())
                      .setEntries(chunk.entries())
                      .setAcknowledgedNumber(acknowledgedNumber))
              .build());
    }

    @Override
    public void reject(String why) {
      if (line == this) {
        LOG.warn("The primary of epoch {} answers what was not asked: {}.", epoch, why);
        breakLine(why);
      }
    }

    @Override
    public void confirmRead(long id) {
      send(FrontendMessage.newBuilder().setConfirmRead(ConfirmRead.newBuilder().setId(id)).build());
    }

    @Override
    public void claim(long id, String name, boolean join) {
      send(
          FrontendMessage.newBuilder()
              .setClaim(Claim.newBuilder().setId(id).setName(name).setJoin(join))
              .build());
    }

    @Override
    public void release(long id, String name) {
      send(
          FrontendMessage.newBuilder()
              .setRelease(Release.newBuilder().setId(id).setName(name))
              .build());
    }
  }
}
