package parley.timelineservice.paxos;

import java.util.List;
import java.util.Map;
import parley.timelineservice.paxos.Message.Accept;
import parley.timelineservice.paxos.Message.Ack;
import parley.timelineservice.paxos.Message.Chunk;
import parley.timelineservice.paxos.Message.Fetch;
import parley.timelineservice.paxos.Message.Heartbeat;
import parley.timelineservice.paxos.Message.Hello;
import parley.timelineservice.paxos.Message.Prepare;
import parley.timelineservice.paxos.Message.Promise;
import parley.timelineservice.paxos.Message.Refusal;
import parley.timelineservice.paxos.Message.Standing;

/**
 * The replication core of one host: Multi-Paxos as a function with memory (design/paxos.md, rules
 * R1–R16). Messages, ticks, "durable" and news of the election latch go in; {@link Effect}s come
 * out of {@link #drain}. Not thread-safe: one thread owns it. Never looks at a clock, a disk or a
 * random source.
 *
 * <p>Roles: standby → candidate (latch held, no primary heard) → primary (promises of a majority,
 * everything committed copied) → standby (own acceptor promised higher, refused without the latch,
 * majority lost). A refused primary that holds the latch becomes candidate again. Only a voter
 * leads.
 */
public final class PaxosReplica {

  /** What a primary may propose between reading the last chunk of a copy and its arrival. */
  private static final int EARLY_PIPELINES = 4;

  private final PaxosConfig config;
  private final long incarnation;
  private final Effects effects = new Effects();
  private final WriteAhead writes = new WriteAhead(effects);
  private final Acceptor acceptor;
  private final Membership membership;
  private final CatchUp catchUp;
  private final EarlyAccepts earlyAccepts;

  private Role role = new Role.Standby();
  private long tick;

  private boolean latchHeld;

  /** Grows each time this replica should leave the latch and queue anew (R3). */
  private long latchTurns;

  /** Above every epoch number that was seen anywhere. */
  private long highestNumberSeen;

  /** A candidate that was refused waits until then (R5). */
  private long mayTryTick;

  private long jitter;

  /** Who was last heard as a primary, and when. */
  private int primaryHost;

  private Epoch primaryEpoch = Epoch.NONE;
  private long primaryHeardTick = Long.MIN_VALUE / 2;

  /** The highest slot that the primary of the entered epoch is known to have proposed. */
  private long primaryLastSlot;

  private long highestRoundHeard;

  public PaxosReplica(PaxosConfig config, DurableState disk) {
    this.config = config;
    incarnation = disk.incarnation();
    jitter = config.seed();
    acceptor = new Acceptor(disk, effects, writes);
    membership = new Membership(config, disk);
    catchUp = new CatchUp(config, acceptor, effects);
    earlyAccepts = new EarlyAccepts(EARLY_PIPELINES * config.pipelineDepth());
    highestNumberSeen = disk.promised().number();
    maybeForm();
  }

  // ------------------------------------------------------------------ inputs

  /** A message arrived. */
  public void step(Envelope envelope) {
    membership.onAnyMessage(envelope);
    Message message = envelope.message();
    if (membership.standing() == Standing.EMPTY && !(message instanceof Hello)) {
      effects.ignored(envelope, "this replica is empty");
    } else if (message instanceof Hello hello) {
      onHello(envelope, hello);
    } else if (message instanceof Prepare prepare) {
      onPrepare(envelope, prepare);
    } else if (message instanceof Promise promise) {
      onPromise(envelope, promise);
    } else if (message instanceof Refusal refusal) {
      onRefusal(envelope, refusal);
    } else if (message instanceof Accept accept) {
      onAccept(envelope, accept);
    } else if (message instanceof Ack ack) {
      onAck(envelope, ack);
    } else if (message instanceof Heartbeat heartbeat) {
      onHeartbeat(envelope, heartbeat);
    } else if (message instanceof Fetch fetch) {
      onFetch(envelope, fetch);
    } else if (message instanceof Chunk chunk) {
      onChunk(envelope, chunk);
    }
    endRound();
  }

  /** One tick of the driver's clock has passed. */
  public void tick() {
    tick++;
    if (tick % config.heartbeatTicks() == 0) {
      config
          .others()
          .forEach(
              host ->
                  effects.send(
                      host,
                      membership.helloTo(host, acceptor.promised(), acceptor.committedSlot())));
      if (role instanceof Primary primary) {
        heartbeat(primary);
      } else if (role instanceof Candidate candidate && candidate.asked()) {
        ask(candidate);
      } else if (!primaryHeardLately()) {
        int ahead = membership.hostAhead(acceptor.committedSlot(), tick);
        if (ahead != 0 && membership.standing() != Standing.EMPTY) {
          catchUp.want(ahead, tick);
        }
      }
    }
    if (role instanceof Primary primary && !primary.reachesMajority(tick)) {
      resign();
    } else if (role instanceof Candidate candidate
        && tick - candidate.sinceTick() > config.quorumLostTicks()) {
      resign();
    } else if (role instanceof Candidate candidate) {
      maybeLead(candidate);
    } else if (role instanceof Role.Standby) {
      maybeStandForElection();
    }
    endRound();
  }

  /** Every write up to this sequence is durable. */
  public void onDurable(long sequence) {
    writes.onDurable(sequence);
    membership.onDurable(writes);
    boolean advanced = acceptor.onDurable();
    catchUp.onDurable(tick);
    if (role instanceof Candidate candidate) {
      if (!candidate.asked() && writes.isDurable(candidate.promiseSequence())) {
        candidate.onAsked();
        candidate.onPromise(
            config.self(),
            incarnation,
            new Promise(
                candidate.epoch(), acceptor.committedSlot(), acceptor.acceptedAboveCommitted()));
        ask(candidate);
      }
      maybeLead(candidate);
    } else if (role instanceof Primary primary) {
      if (advanced) {
        countOwn(primary);
      }
    } else if (advanced && followsPrimary()) {
      acknowledge(primaryHost, 0);
    }
    endRound();
  }

  /**
   * What ZooKeeper says of the latch: a hint about who should try, never more (R2).
   *
   * @param advertisedNumber the number in the epoch znode, or 0 where it cannot be read (R1)
   */
  public void onLatch(boolean held, long advertisedNumber) {
    latchHeld = held;
    highestNumberSeen = Math.max(highestNumberSeen, advertisedNumber);
    if (role instanceof Role.Standby) {
      maybeStandForElection();
    }
    endRound();
  }

  /** The connection from this host broke: if it leads, waiting for its silence is of no use. */
  public void onLinkDown(int host) {
    if (host == primaryHost && role instanceof Role.Standby) {
      primaryHeardTick = Long.MIN_VALUE / 2;
      maybeStandForElection();
    }
    endRound();
  }

  /**
   * Proposes a batch in the next slot.
   *
   * @return the slot
   * @throws IllegalStateException unless {@link #canPropose}
   */
  public long propose(Batch batch) {
    if (!canPropose()) {
      throw new IllegalStateException("cannot propose as " + roleName());
    }
    long slot = propose((Primary) role, batch);
    endRound();
    return slot;
  }

  /**
   * Asks for a confirmation that this replica still leads (R14).
   *
   * @return the round whose {@link Effect.ReadsConfirmed} serves the read; rounds are of one epoch
   * @throws IllegalStateException unless {@link #isOpen}
   */
  public long confirmRead() {
    if (!isOpen()) {
      throw new IllegalStateException("cannot confirm reads as " + roleName());
    }
    long round = ((Primary) role).wantRound();
    endRound();
    return round;
  }

  // ------------------------------------------------------------------ outputs

  /** The effects since the last call, to be carried out in this order. */
  public List<Effect> drain() {
    return effects.drain();
  }

  public boolean isPrimary() {
    return role instanceof Primary;
  }

  /** Leads, and everything that it re-proposed is committed. */
  public boolean isOpen() {
    return role instanceof Primary primary && acceptor.committedSlot() >= primary.reproposedSlot();
  }

  /** Open, and everything re-proposed has been handed out to be applied: commands may be judged. */
  public boolean isServing() {
    return role instanceof Primary primary && acceptor.appliedSlot() >= primary.reproposedSlot();
  }

  /** Serving, and the pipeline has room. */
  public boolean canPropose() {
    return isServing()
        && ((Primary) role).lastSlot() - acceptor.committedSlot() < config.pipelineDepth();
  }

  /** How many slots are proposed and not yet committed; 0 unless primary. */
  public long underWay() {
    return role instanceof Primary primary ? primary.lastSlot() - acceptor.committedSlot() : 0;
  }

  /** The epoch this replica leads or wants to lead, or else that of the primary it last heard. */
  public Epoch epoch() {
    if (role instanceof Primary primary) {
      return primary.epoch();
    }
    return role instanceof Candidate candidate ? candidate.epoch() : primaryEpoch;
  }

  /** The host that leads as far as this replica knows, or 0. */
  public int primaryHost() {
    return role instanceof Primary ? config.self() : primaryHost;
  }

  /** Ticks since a primary was heard; 0 on the primary. */
  public long primarySilentTicks() {
    return role instanceof Primary ? 0 : tick - primaryHeardTick;
  }

  /** A voter that is close to what is committed queues for the latch (R3). */
  public boolean wantsLatch() {
    return membership.votes()
        && membership.highestCommittedSlot(acceptor.committedSlot(), tick)
                - acceptor.committedSlot()
            <= config.closeSlots();
  }

  /** Grows each time this replica should leave the latch and queue anew (R3). */
  public long latchTurns() {
    return latchTurns;
  }

  public Epoch promised() {
    return acceptor.promised();
  }

  public long committedSlot() {
    return acceptor.committedSlot();
  }

  public long appliedSlot() {
    return acceptor.appliedSlot();
  }

  /** For people: primary, candidate, standby, newcomer or empty. */
  public String roleName() {
    if (role instanceof Primary) {
      return "primary";
    }
    if (role instanceof Candidate) {
      return "candidate";
    }
    return switch (membership.standing()) {
      case VOTER -> "standby";
      case NEWCOMER -> "newcomer";
      case EMPTY -> "empty";
    };
  }

  /**
   * For people: what each other host has answered, as far as an empty replica or a newcomer waits
   * for it.
   */
  public Map<Integer, String> awaited() {
    return membership.awaited();
  }

  // ------------------------------------------------------------------ membership (R15)

  private void onHello(Envelope envelope, Hello hello) {
    membership.onHello(envelope, hello, tick);
    highestNumberSeen = Math.max(highestNumberSeen, hello.promised().number());
    if (membership.lacksMark() && membership.isFounder(hello.founders())) {
      form(hello.founders());
    } else {
      maybeForm();
    }
  }

  private void maybeForm() {
    if (membership.mayForm()) {
      form(membership.formed());
    }
  }

  private void form(Map<Integer, Long> founders) {
    membership.onMark(writes.persist(new Write.Formed(founders)), founders);
  }

  /** A newcomer votes for no epoch, also for those that it does not refuse. */
  private void answerAsNewcomer(Envelope envelope, Epoch epoch) {
    if (!newcomerRefuses(envelope, epoch)) {
      effects.ignored(envelope, "a newcomer does not vote");
    }
  }

  /** A newcomer refuses every epoch not above all the promises it was told (R15). */
  private boolean newcomerRefuses(Envelope envelope, Epoch epoch) {
    Epoch floor = membership.newcomersFloor();
    if (floor == null) {
      effects.ignored(envelope, "a newcomer has not been answered by all voters");
      return true;
    }
    if (!epoch.above(floor)) {
      effects.send(envelope.from(), new Refusal(epoch, floor));
      return true;
    }
    return refuses(envelope.from(), epoch);
  }

  /** A newcomer copies until it holds what it needs to vote. */
  private void onHeartbeatAsNewcomer(Envelope envelope, Heartbeat heartbeat) {
    Epoch epoch = heartbeat.epoch();
    if (newcomerRefuses(envelope, epoch)) {
      return;
    }
    hearPrimary(envelope.from(), epoch);
    if (membership.maybeJoin(
        epoch, heartbeat.open(), heartbeat.committedSlot(), acceptor.committedSlot())) {
      if (membership.lacksMark()) {
        Map<Integer, Long> founders = membership.founders();
        acceptor.promisePersistedWith(epoch);
        membership.onMark(writes.persist(new Write.BecameVoter(epoch, founders)), founders);
      }
    } else if (heartbeat.committedSlot() > acceptor.committedSlot()) {
      catchUp.want(envelope.from(), tick);
    }
  }

  // ------------------------------------------------------------------ phase 1 (R1–R5)

  private void maybeStandForElection() {
    if (latchHeld && membership.votes() && !primaryHeardLately() && tick >= mayTryTick) {
      standForElection();
    }
  }

  private boolean primaryHeardLately() {
    return tick - primaryHeardTick <= config.silentTicks();
  }

  private void standForElection() {
    long number = Math.max(highestNumberSeen, acceptor.promised().number()) + 1;
    highestNumberSeen = number;
    Epoch epoch = new Epoch(number, config.self(), incarnation);
    acceptor.promise(epoch);
    role = new Candidate(epoch, config.quorum(), writes.last(), tick);
  }

  private void ask(Candidate candidate) {
    for (int host : config.others()) {
      if (!candidate.answeredBy(host)) {
        effects.send(host, new Prepare(candidate.epoch()));
      }
    }
  }

  private void onPrepare(Envelope envelope, Prepare prepare) {
    Epoch epoch = prepare.epoch();
    highestNumberSeen = Math.max(highestNumberSeen, epoch.number());
    if (!membership.votes()) {
      answerAsNewcomer(envelope, epoch);
      return;
    }
    if (refuses(envelope.from(), epoch)) {
      return;
    }
    raisePromise(epoch);
    acceptor.promise(epoch);
    writes.sendWhenDurable(
        envelope.from(),
        new Promise(epoch, acceptor.committedSlot(), acceptor.acceptedAboveCommitted()));
  }

  /** Refuses an epoch below the promise (R5, R6, R8). */
  private boolean refuses(int host, Epoch epoch) {
    if (!acceptor.promised().above(epoch)) {
      return false;
    }
    effects.send(host, new Refusal(epoch, acceptor.promised()));
    return true;
  }

  /** The only place where another's epoch ends this replica's leadership (R2). */
  private void raisePromise(Epoch epoch) {
    acceptor.promiseInMemory(epoch);
    highestNumberSeen = Math.max(highestNumberSeen, epoch.number());
    boolean deposed =
        role instanceof Primary primary && epoch.above(primary.epoch())
            || role instanceof Candidate candidate && epoch.above(candidate.epoch());
    if (deposed) {
      resign();
    }
  }

  /** Back to standby, to the end of the latch's queue, and quiet for a random while. */
  private void resign() {
    role = new Role.Standby();
    latchTurns++;
    waitAWhile();
  }

  private void waitAWhile() {
    jitter = jitter * 6364136223846793005L + 1442695040888963407L;
    mayTryTick = tick + 1 + Long.remainderUnsigned(jitter >>> 33, config.retryTicks());
  }

  private void onPromise(Envelope envelope, Promise promise) {
    if (!(role instanceof Candidate candidate) || !candidate.epoch().equals(promise.epoch())) {
      effects.ignored(envelope, "promise for an epoch that is no longer asked for");
      return;
    }
    candidate.onPromise(envelope.from(), envelope.incarnation(), promise);
    maybeLead(candidate);
  }

  /** Leads as soon as a majority has promised and everything committed is copied (R4). */
  private void maybeLead(Candidate candidate) {
    if (!candidate.hasMajority()) {
      return;
    }
    if (acceptor.committedSlot() < candidate.highestCommittedSlot()) {
      catchUp.want(candidate.hostWithHighestCommittedSlot(), tick);
      return;
    }
    Epoch epoch = candidate.epoch();
    acceptor.enterEpoch(epoch);
    Primary primary =
        new Primary(epoch, config, candidate.incarnations(), acceptor.committedSlot(), tick);
    role = primary;
    primaryHost = config.self();
    primaryEpoch = epoch;
    for (Batch batch : candidate.toPropose(acceptor.committedSlot())) {
      propose(primary, batch);
    }
    primary.reproposed();
    countOwn(primary);
    heartbeat(primary);
  }

  private void onRefusal(Envelope envelope, Refusal refusal) {
    highestNumberSeen = Math.max(highestNumberSeen, refusal.promised().number());
    boolean current =
        role instanceof Primary primary && primary.epoch().equals(refusal.refused())
            || role instanceof Candidate candidate && candidate.epoch().equals(refusal.refused());
    if (!current || !refusesForHigher(refusal)) {
      effects.ignored(envelope, "refusal of an epoch that this replica does not lead");
    } else if (role instanceof Primary && latchHeld) {
      standForElection();
    } else if (role instanceof Primary) {
      resign();
    } else {
      role = new Role.Standby();
      waitAWhile();
    }
  }

  /** A newcomer refuses its floor itself, too: equal counts as higher there (R15). */
  private static boolean refusesForHigher(Refusal refusal) {
    return !refusal.refused().above(refusal.promised());
  }

  // ------------------------------------------------------------------ phase 2 (R6–R8, R10)

  private long propose(Primary primary, Batch batch) {
    long slot = primary.nextSlot();
    acceptor.accept(primary.epoch(), slot, batch, acceptor.committedSlot());
    Accept accept = new Accept(primary.epoch(), slot, batch, acceptor.committedSlot());
    config.others().stream().filter(primary::keepsUp).forEach(host -> effects.send(host, accept));
    return slot;
  }

  private void onAccept(Envelope envelope, Accept accept) {
    if (!membership.votes()) {
      answerAsNewcomer(envelope, accept.epoch());
      return;
    }
    if (refuses(envelope.from(), accept.epoch())) {
      return;
    }
    hearPrimary(envelope.from(), accept.epoch());
    primaryLastSlot = Math.max(primaryLastSlot, accept.slot());
    if (accept.slot() == acceptor.verifiedSlot() + 1) {
      acceptor.accept(accept.epoch(), accept.slot(), accept.batch(), accept.committedSlot());
      acceptEarly();
    } else if (accept.slot() > acceptor.verifiedSlot()) {
      earlyAccepts.keep(accept);
      acceptor.maybeCommit(accept.committedSlot());
      ifBehind(envelope.from(), accept.committedSlot());
    } else {
      acceptor.maybeCommit(accept.committedSlot());
      acknowledge(envelope.from(), 0);
    }
  }

  /** Accepts what arrived before its predecessor, now that this is verified. */
  private void acceptEarly() {
    Epoch epoch = acceptor.verifiedEpoch();
    Accept accept = earlyAccepts.take(epoch, acceptor.verifiedSlot() + 1);
    while (accept != null) {
      acceptor.accept(epoch, accept.slot(), accept.batch(), accept.committedSlot());
      accept = earlyAccepts.take(epoch, acceptor.verifiedSlot() + 1);
    }
  }

  /**
   * Asks for what is missing: committed slots from the log, later ones from the primary's window.
   */
  private void ifBehind(int host, long primaryCommittedSlot) {
    if (acceptor.verifiedSlot() < primaryCommittedSlot) {
      catchUp.want(host, tick);
      acknowledge(host, 0);
    } else if (acceptor.verifiedSlot() < primaryLastSlot) {
      acknowledge(host, acceptor.verifiedSlot() + 1);
    } else {
      acknowledge(host, 0);
    }
  }

  private void acknowledge(int host, long wantedSlot) {
    effects.send(
        host,
        new Ack(acceptor.verifiedEpoch(), acceptor.durableSlot(), highestRoundHeard, wantedSlot));
  }

  private void onAck(Envelope envelope, Ack ack) {
    if (!(role instanceof Primary primary)
        || !primary.onAck(envelope.from(), envelope.incarnation(), ack, tick)) {
      effects.ignored(envelope, "acknowledgement of another epoch or incarnation");
      return;
    }
    commitByMajority(primary);
    if (ack.wantedSlot() > 0 && primary.maybeResend(envelope.from(), tick)) {
      resend(primary, envelope.from(), ack.wantedSlot());
    }
  }

  /** Sends again what is still in the window; what is applied already is copied from the log. */
  private void resend(Primary primary, int host, long fromSlot) {
    for (long slot = fromSlot; slot <= primary.lastSlot(); slot++) {
      AcceptedBatch row = acceptor.row(slot);
      if (row != null) {
        effects.send(
            host, new Accept(primary.epoch(), slot, row.batch(), acceptor.committedSlot()));
      }
    }
  }

  /** The primary's own durable acceptance counts as one acknowledgement (R7). */
  private void countOwn(Primary primary) {
    primary.onAck(
        config.self(), incarnation, new Ack(primary.epoch(), acceptor.durableSlot(), 0, 0), tick);
    commitByMajority(primary);
  }

  private void commitByMajority(Primary primary) {
    if (acceptor.maybeCommit(primary.committedByMajority())) {
      // Standbys must not wait for the next post to learn of this one's commit.
      heartbeat(primary);
    }
  }

  private void heartbeat(Primary primary) {
    Heartbeat heartbeat =
        new Heartbeat(
            primary.epoch(),
            primary.lastSlot(),
            acceptor.committedSlot(),
            primary.round(),
            isOpen());
    config.others().forEach(host -> effects.send(host, heartbeat));
  }

  private void onHeartbeat(Envelope envelope, Heartbeat heartbeat) {
    if (!membership.votes()) {
      onHeartbeatAsNewcomer(envelope, heartbeat);
      return;
    }
    if (refuses(envelope.from(), heartbeat.epoch())) {
      return;
    }
    hearPrimary(envelope.from(), heartbeat.epoch());
    primaryLastSlot = Math.max(primaryLastSlot, heartbeat.lastSlot());
    highestRoundHeard = Math.max(highestRoundHeard, heartbeat.round());
    acceptor.maybeCommit(heartbeat.committedSlot());
    ifBehind(envelope.from(), heartbeat.committedSlot());
  }

  /**
   * Whether it may acknowledge to the primary unasked. Not once it has promised more: a slot that
   * it copied since may hold what a higher epoch chose, and would count for what this one proposed.
   */
  private boolean followsPrimary() {
    return role instanceof Role.Standby
        && membership.votes()
        && primaryHost != 0
        && primaryHost != config.self()
        && acceptor.promised().equals(acceptor.verifiedEpoch());
  }

  private void hearPrimary(int host, Epoch epoch) {
    raisePromise(epoch);
    if (!epoch.equals(acceptor.verifiedEpoch())) {
      acceptor.enterEpoch(epoch);
      primaryLastSlot = 0;
      highestRoundHeard = 0;
    }
    primaryHost = host;
    primaryEpoch = epoch;
    primaryHeardTick = tick;
  }

  // ------------------------------------------------------------------ catch-up (R16)

  private void onFetch(Envelope envelope, Fetch fetch) {
    if (fetch.fromSlot() > acceptor.appliedSlot()) {
      effects.ignored(envelope, "nothing applied from that slot on");
      return;
    }
    effects.add(new Effect.SendCommitted(envelope.from(), fetch.fromSlot()));
  }

  private void onChunk(Envelope envelope, Chunk chunk) {
    if (role instanceof Primary) {
      effects.ignored(envelope, "a primary holds everything committed");
      return;
    }
    long beforeSlot = acceptor.committedSlot();
    boolean copied = false;
    for (AcceptedBatch chosen : chunk.slots()) {
      if (acceptor.maybeCopy(chosen)) {
        raisePromise(chosen.epoch());
        copied = true;
      }
    }
    catchUp.onChunk(envelope.from(), chunk.slots(), beforeSlot, tick);
    if (!copied) {
      effects.ignored(envelope, "no slot of it is the next one");
      return;
    }
    if (followsPrimary()) {
      acceptEarly();
    }
    if (role instanceof Candidate candidate) {
      maybeLead(candidate);
    } else if (chunk.committedSlot() > acceptor.committedSlot()) {
      catchUp.want(envelope.from(), tick);
    } else if (followsPrimary() && acceptor.verifiedSlot() < primaryLastSlot) {
      acknowledge(primaryHost, acceptor.verifiedSlot() + 1);
    }
  }

  // ------------------------------------------------------------------ end of each round

  /** Reads are confirmed, and the next round begun, after whatever else an input has changed. */
  private void endRound() {
    if (role instanceof Primary primary) {
      if (primary.maybeConfirmRound()) {
        effects.add(new Effect.ReadsConfirmed(primary.round(), primary.roundSlot()));
      }
      if (isOpen() && primary.maybeBeginRound(acceptor.committedSlot())) {
        heartbeat(primary);
        if (primary.maybeConfirmRound()) {
          effects.add(new Effect.ReadsConfirmed(primary.round(), primary.roundSlot()));
        }
      }
    }
  }
}
