package parley.acceptance.replay;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import parley.acceptance.history.Extent;
import parley.acceptance.history.GlobalOrder;
import parley.acceptance.history.Model;
import parley.acceptance.history.Reading;
import parley.acceptance.history.Verdict;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.Patience.StallException;
import parley.acceptance.lab.Progress;

/**
 * Everybody posts and reads. At one third of the posts the primary's timeline service is killed;
 * after one half and before two thirds the third frontend's users half-close, and then it is
 * killed.
 *
 * <p>Before the third frontend's users leave, they have received everything that was sent before
 * the first kill. Those of them who have posts left log in at another frontend and go on there;
 * what they receive there must join what they see as old posts, without a gap, to the end.
 *
 * <p>Runs once. For one thread; the senders, one for the authors of each frontend, and the meter
 * have their own.
 */
final class Posting {

  private static final int THIRD = 2;
  private static final IntPredicate AT_THIRD = user -> Crowd.frontendOf(user) == THIRD;
  private static final long LOOK_EVERY_MS = 5;
  private static final Duration LOOK_AT_HOSTS_EVERY = Duration.ofMillis(250);

  private final Hosts hosts;
  private final Model model;
  private final PostBook book;
  private final Crowd crowd;
  private final Patience patience;
  private final Progress progress;
  private final SendLedger ledger;
  private final List<Sender> senders;
  private final Meter meter = new Meter(System::nanoTime);
  // Guarded by itself: the meter's thread counts, too.
  private final Readers readers = new Readers();
  private final List<Integer> moved = new ArrayList<>();
  private final List<Reading> readings = new ArrayList<>();
  private final List<String> strange = new ArrayList<>();

  Posting(
      Hosts hosts,
      Model model,
      PostBook book,
      Crowd crowd,
      Patience patience,
      long copiesAheadMax,
      Progress progress) {
    this.hosts = hosts;
    this.model = model;
    this.book = book;
    this.crowd = crowd;
    this.patience = patience;
    this.progress = progress;
    this.ledger =
        new SendLedger(
            Hosts.COUNT, model.posts(), line -> copies(line, user -> true), copiesAheadMax);
    this.senders = IntStream.range(0, Hosts.COUNT).mapToObj(this::sender).toList();
  }

  /**
   * What was received.
   *
   * @param witness the lines in the one order
   * @param stall why the end was not reached, if it was not
   * @param strange examples of messages that belong to no line
   */
  record Result(
      int[] witness,
      List<Reading> readings,
      Meter.Rates rates,
      Optional<String> stall,
      List<String> strange) {}

  // The witness reads everything, too.
  private int copies(int line, IntPredicate reader) {
    return 1 + (int) IntStream.of(model.followers(model.author(line))).filter(reader).count();
  }

  private Sender sender(int frontend) {
    int[] lines =
        IntStream.range(0, model.posts())
            .filter(line -> Crowd.frontendOf(model.author(line)) == frontend)
            .toArray();
    return new Sender(frontend, lines, ledger, book, line -> crowd.stream(model.author(line)));
  }

  /** Posts everything, while everybody's stream is open. */
  Result run() throws Exception {
    readers.lasting(crowd.all());
    ScheduledExecutorService looking =
        Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "meter"));
    try {
      looking.scheduleWithFixedDelay(
          this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
      senders.forEach(sender -> daemon(sender, "sender").start());
      Optional<String> stall = postWithFaults();
      Meter.Rates rates = meter.rates();
      if (stall.isEmpty()) {
        Crowd.endAll(crowd.all().stream().filter(stream -> !stream.hasEnded()).toList(), patience);
      }
      keepReadings(user -> !AT_THIRD.test(user), Extent.ALL, new BitSet());
      keepReadings(moved::contains, Extent.END, new BitSet());
      return new Result(crowd.witness().log().lines(), readings, rates, stall, strange);
    } finally {
      ledger.fail(new InterruptedException("posting is over"));
      looking.shutdownNow();
      progress.endShow();
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void look() {
    try {
      synchronized (readers) {
        ledger.received(readers.receivedByLasting());
        int through = crowd.witness().log().count();
        meter.sample(through, readers.received(), ledger.outstanding() > 0);
        progress.show("posts", through, model.posts());
      }
    } catch (RuntimeException e) {
      ledger.fail(e);
    }
  }

  // Answers why something that was due did not come, if so: then what came is still worth judging.
  private Optional<String> postWithFaults() throws Exception {
    try {
      ledger.limit(model.posts() * 2 / 3);
      await("one third is posted", () -> ledger.sent() >= model.posts() / 3);
      final BitSet sentBefore = ledger.sentLines();
      meter.quiet(false);
      progress.say("killed the primary's timeline service, on host %d", hosts.killPrimary());
      awaitServing();
      await("one half is posted", () -> ledger.sent() >= model.posts() / 2);
      meter.quiet(false);
      letThirdLeave(sentBefore);
      hosts.killFrontend(THIRD + 1);
      progress.say("killed the frontend of host %d", THIRD + 1);
      ledger.limit(model.posts());
      move();
      awaitServing();
      await("everything is posted", () -> ledger.sent() == model.posts());
      await("everything has arrived", this::isEverythingReceived);
      awaitEndAtMoved();
      return Optional.empty();
    } catch (StallException e) {
      return Optional.of(e.getMessage());
    }
  }

  private void awaitServing() {
    patience
        .lookingEvery(LOOK_AT_HOSTS_EVERY)
        .await("all processes are back and serve", hosts::serving, this::progressMade);
    progress.say("all processes are back and serve");
    meter.quiet(true);
  }

  private void await(String what, Callable<Boolean> condition) {
    patience.await(
        what,
        () -> {
          ledger.throwFailure();
          crowd.requireUnbroken();
          return condition.call();
        },
        this::progressMade);
  }

  private long progressMade() {
    synchronized (readers) {
      return ledger.sent() + readers.received();
    }
  }

  private void letThirdLeave(BitSet sentBefore) throws Exception {
    ledger.hold(THIRD);
    List<Requirement> requirements = new ArrayList<>();
    for (int user = 0; user < model.users(); user++) {
      if (AT_THIRD.test(user)) {
        requirements.add(
            new Requirement(crowd.stream(user).log(), model.expected(user), sentBefore));
      }
    }
    await(
        "the third frontend's users have received what was posted before the kill",
        () -> requirements.stream().allMatch(Requirement::isMet));
    List<ChatStream> leaving = crowd.streams(AT_THIRD);
    Crowd.endAll(leaving, patience);
    progress.say("%,d users of the third frontend have left", leaving.size());
    keepReadings(AT_THIRD, Extent.BEGINNING, sentBefore);
    IntPredicate stays = AT_THIRD.negate();
    synchronized (readers) {
      List<ChatStream> staying = new ArrayList<>(crowd.streams(stays));
      staying.add(crowd.witness());
      readers.lasting(staying);
      ledger.readersChanged(line -> copies(line, stays), readers.receivedByLasting());
    }
  }

  private void move() throws IOException, InterruptedException {
    IntStream.of(senders.get(THIRD).remaining()).map(model::author).distinct().forEach(moved::add);
    crowd.move(moved);
    progress.say("%,d of them went on at other frontends", moved.size());
    synchronized (readers) {
      readers.add(crowd.streams(moved::contains));
    }
    ledger.release(THIRD);
  }

  private boolean isEverythingReceived() {
    return ledger.outstanding() <= 0
        && crowd.witness().log().count() >= model.posts()
        && IntStream.range(0, model.users())
            .filter(AT_THIRD.negate())
            .allMatch(user -> crowd.stream(user).log().count() >= model.expectedCount(user));
  }

  // Where they began to read, and so how much is due, depends on the server; where they end does
  // not.
  private void awaitEndAtMoved() {
    GlobalOrder order =
        GlobalOrder.of(model, Crowd.WITNESS, crowd.witness().log().lines(), new Verdict());
    Map<ReaderLog, Integer> ends = new IdentityHashMap<>();
    for (int user : moved) {
      int[] expected = order.sorted(model.expected(user));
      if (expected.length > 0) {
        ends.put(crowd.stream(user).log(), expected[expected.length - 1]);
      }
    }
    await(
        "everything has arrived at those who moved",
        () -> ends.entrySet().stream().allMatch(end -> end.getKey().last() == end.getValue()));
  }

  private void keepReadings(IntPredicate users, Extent extent, BitSet required) {
    for (int user = 0; user < model.users(); user++) {
      if (users.test(user)) {
        ReaderLog log = crowd.stream(user).log();
        readings.add(new Reading(user, extent, log.lines(), log.oldPosts(), required));
        strange.addAll(log.strange());
      }
    }
  }
}
