package parley.frontend.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of all speeds receive what they must, once, in order, through ring and log alike. */
class FanoutTest {
  private static final int RING = 64;

  private final List<TimelineEvent> log = new ArrayList<>();
  private final Log backlog = new Log();
  private final AppliedTimeline timeline =
      new AppliedTimeline(backlog, new RecentEvents(RING, 1 << 20));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void everySessionReceivesExactlyWhatItsUserFollowsInOrder(long seed) {
    Random random = new Random(seed);
    timeline.load(new GraphSnapshot(0, List.of(), List.of()));
    int users = 12;
    Map<Integer, Set<Integer>> follows = new HashMap<>();
    for (int user = 0; user < users; user++) {
      apply(new TimelineEvent.UserCreated("u" + user));
      follows.put(user, new LinkedHashSet<>());
    }
    Map<Integer, Session> open = new HashMap<>();
    List<Session> all = new ArrayList<>();
    for (int step = 0; step < 6_000; step++) {
      int one = random.nextInt(users);
      int other = random.nextInt(users);
      switch (random.nextInt(20)) {
        case 0 -> {
          Session session = new Session(one, random);
          session.follows.addAll(follows.get(one));
          Session earlier = open.put(one, session);
          if (earlier != null) {
            earlier.closed = true;
          }
          all.add(session);
          session.subscription = timeline.fanout().subscribe(one, session);
          assertThat(session.subscription.startIndex()).isEqualTo(log.size());
          timeline.fanout().start(session.subscription);
        }
        case 1, 2, 3 -> {
          if (one != other && follows.get(one).add(other)) {
            apply(new TimelineEvent.Followed("u" + one, "u" + other));
            open.computeIfPresent(one, (u, session) -> session.followed(other));
          }
        }
        case 4 -> {
          if (follows.get(one).remove(other)) {
            apply(new TimelineEvent.Unfollowed("u" + one, "u" + other));
            open.computeIfPresent(one, (u, session) -> session.unfollowed(other));
          }
        }
        case 5, 6, 7 -> open.values().forEach(Session::maybeTakeMore);
        case 8, 9 -> backlog.answer(random);
        case 10, 11 -> timeline.fanout().turn();
        case 12 -> {
          Session session = open.get(one);
          if (session != null && random.nextInt(4) == 0) {
            open.remove(one);
            session.closed = true;
            timeline.fanout().close(session.subscription);
          }
        }
        default -> {
          String text = "post " + log.size();
          apply(new TimelineEvent.Posted("u" + one, text.getBytes(UTF_8)));
          for (Session session : open.values()) {
            if (session.follows.contains(one)) {
              session.expected.add(text);
            }
          }
        }
      }
      assertThat(backlog.open).hasSizeLessThanOrEqualTo(4);
    }
    for (Session session : all) {
      assertThat(session.received).isEqualTo(session.expected.subList(0, session.received.size()));
    }
    drain(open.values());
    for (Session session : open.values()) {
      assertThat(session.received).isEqualTo(session.expected);
    }
    assertThat(backlog.open).isEmpty();
    assertThat(backlog.everOpened).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void sessionsThatBeginBehindAnOlderIndexMissOnlyWhomTheirUserHasUnfollowedSince(long seed) {
    Random random = new Random(seed);
    timeline.load(new GraphSnapshot(0, List.of(), List.of()));
    int users = 6;
    Map<Integer, Set<Integer>> follows = new HashMap<>();
    // As of each index, from 0.
    List<Map<Integer, Set<Integer>>> followsAsOf = new ArrayList<>();
    for (int user = 0; user < users; user++) {
      follows.put(user, new LinkedHashSet<>());
    }
    followsAsOf.add(copy(follows));
    for (int user = 0; user < users; user++) {
      apply(new TimelineEvent.UserCreated("u" + user));
      followsAsOf.add(copy(follows));
    }
    List<Session> sessions = new ArrayList<>();
    for (int step = 0; step < 800; step++) {
      int one = random.nextInt(users);
      int other = random.nextInt(users);
      int action = random.nextInt(12);
      if (action < 2 && one != other && follows.get(one).add(other)) {
        apply(new TimelineEvent.Followed("u" + one, "u" + other));
      } else if (action == 2 && follows.get(one).remove(other)) {
        apply(new TimelineEvent.Unfollowed("u" + one, "u" + other));
      } else if (action < 8) {
        apply(new TimelineEvent.Posted("u" + one, ("post " + log.size()).getBytes(UTF_8)));
      } else if (action == 8 && sessions.size() < 20) {
        Session session = new Session(one, random);
        session.subscription =
            timeline.fanout().subscribeFrom(random.nextInt(log.size() + 1), one, session);
        session.begunAt = log.size();
        timeline.fanout().start(session.subscription);
        sessions.add(session);
      } else if (action == 9) {
        sessions.forEach(Session::maybeTakeMore);
      } else {
        backlog.answer(random);
        timeline.fanout().turn();
      }
      while (followsAsOf.size() <= log.size()) {
        followsAsOf.add(copy(follows));
      }
    }
    drain(sessions);
    for (Session session : sessions) {
      int cursor = (int) session.subscription.startIndex();
      for (int index = cursor + 1; index <= log.size(); index++) {
        if (log.get(index - 1) instanceof TimelineEvent.Posted post) {
          int author = Integer.parseInt(post.author().substring(1));
          IntPredicate followed = asOf -> followsAsOf.get(asOf).get(session.user).contains(author);
          boolean unfollowedSince =
              IntStream.rangeClosed(cursor, index).allMatch(followed)
                  && !IntStream.rangeClosed(index, session.begunAt).allMatch(followed);
          if (followed.test(index) && !unfollowedSince) {
            session.expected.add(new String(post.message(), UTF_8));
          }
        }
      }
      assertThat(session.received).isEqualTo(session.expected);
      assertThat(timeline.fanout().position(session.subscription)).isEqualTo(log.size());
    }
    assertThat(backlog.everOpened).isPositive();
  }

  @Test
  void sessionsThatAreVeryFarBehindTakeTurnsInReadingTheLog() {
    timeline.load(
        new GraphSnapshot(
            0, List.of("author", "reader"), List.of(new GraphSnapshot.Edge(1, 0, 0))));
    for (int i = 0; i < 20_000; i++) {
      apply(new TimelineEvent.Posted("author", "x".getBytes(UTF_8)));
    }
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Session session = new Session(1, new Random(i));
      session.capacity = log.size();
      session.subscription = timeline.fanout().subscribeFrom(0, 1, session);
      timeline.fanout().start(session.subscription);
      sessions.add(session);
    }
    Random random = new Random(1);
    for (int round = 0; round < 1_000; round++) {
      timeline.fanout().turn();
      backlog.answer(random);
    }
    assertThat(sessions)
        .allSatisfy(session -> assertThat(session.received).isNotEmpty())
        .allSatisfy(session -> assertThat(session.received).hasSizeLessThan(log.size()));
    for (int round = 0; round < 50_000; round++) {
      timeline.fanout().turn();
      backlog.answer(random);
    }
    assertThat(sessions).allSatisfy(session -> assertThat(session.received).hasSize(log.size()));
  }

  private static Map<Integer, Set<Integer>> copy(Map<Integer, Set<Integer>> follows) {
    Map<Integer, Set<Integer>> copy = new HashMap<>();
    follows.forEach((user, followees) -> copy.put(user, Set.copyOf(followees)));
    return copy;
  }

  @Test
  void sessionsOfOneUserReceiveBesideOneAnotherUnlessTheyReplaceOneAnother() {
    timeline.load(
        new GraphSnapshot(
            0, List.of("author", "reader"), List.of(new GraphSnapshot.Edge(1, 0, 0))));
    Session replaced = open(timeline.fanout()::subscribe);
    Session receiver = open(timeline.fanout()::subscribe);
    Session one = open((user, session) -> timeline.fanout().subscribeFrom(0, user, session));
    Session other = open((user, session) -> timeline.fanout().subscribeFrom(0, user, session));
    apply(new TimelineEvent.Posted("author", "all".getBytes(UTF_8)));
    timeline.fanout().close(one.subscription);
    apply(new TimelineEvent.Unfollowed("reader", "author"));
    apply(new TimelineEvent.Posted("author", "none".getBytes(UTF_8)));
    apply(new TimelineEvent.Followed("reader", "author"));
    apply(new TimelineEvent.Posted("author", "others".getBytes(UTF_8)));
    assertThat(replaced.received).isEmpty();
    assertThat(receiver.received).containsExactly("all", "others");
    assertThat(one.received).containsExactly("all");
    assertThat(other.received).containsExactly("all", "others");
  }

  private Session open(BiFunction<Integer, Session, Subscription> way) {
    Session session = new Session(1, new Random(1));
    session.capacity = 100;
    session.subscription = way.apply(1, session);
    timeline.fanout().start(session.subscription);
    timeline.fanout().turn();
    return session;
  }

  private void drain(Iterable<Session> sessions) {
    Random random = new Random(1);
    for (int round = 0; round < 3_000; round++) {
      for (Session session : sessions) {
        session.capacity = 1_000;
        timeline.fanout().onReady(session.subscription);
      }
      timeline.fanout().turn();
      backlog.answer(random);
    }
  }

  @Test
  void sessionThatTakesNothingCostsNothingButItsPosition() {
    timeline.load(
        new GraphSnapshot(
            0, List.of("author", "reader"), List.of(new GraphSnapshot.Edge(1, 0, 0))));
    Session stuck = new Session(1, new Random(1));
    stuck.subscription = timeline.fanout().subscribe(1, stuck);
    timeline.fanout().start(stuck.subscription);
    for (int i = 0; i < 1_000; i++) {
      apply(new TimelineEvent.Posted("author", new byte[100]));
      timeline.fanout().turn();
    }
    assertThat(stuck.received).isEmpty();
    assertThat(backlog.open).isEmpty();
    assertThat(timeline.fanout().turn()).as("nothing to do while it is stuck").isFalse();
  }

  @Test
  void ringIsBoundedByBytes() {
    RecentEvents recent = new RecentEvents(1_024, 10_000);
    for (int i = 0; i < 1_000; i++) {
      recent.addPost(0, new byte[968]);
    }
    assertThat(recent.lastIndex()).isEqualTo(1_000);
    assertThat(recent.firstIndex()).isEqualTo(991);
  }

  @Test
  void setHoldsWhatWasAddedAndNotRemoved() {
    Random random = new Random(7);
    IntSet set = new IntSet();
    Set<Integer> model = new LinkedHashSet<>();
    for (int i = 0; i < 50_000; i++) {
      int value = random.nextInt(300);
      if (random.nextBoolean()) {
        set.add(value);
        model.add(value);
      } else {
        set.remove(value);
        model.remove(value);
      }
      int asked = random.nextInt(300);
      assertThat(set.contains(asked)).isEqualTo(model.contains(asked));
      assertThat(set.size()).isEqualTo(model.size());
    }
  }

  private void apply(TimelineEvent event) {
    log.add(event);
    timeline.apply(new AppliedRun(log.size(), List.of(event), List.of()));
  }

  /** A client that takes a little at a time, when it likes. */
  private final class Session implements Subscriber {
    final int user;
    final Random random;
    final Set<Integer> follows = new LinkedHashSet<>();
    final List<String> expected = new ArrayList<>();
    final List<String> received = new ArrayList<>();
    Subscription subscription;
    int begunAt;
    int capacity;
    boolean closed;

    Session(int user, Random random) {
      this.user = user;
      this.random = random;
    }

    Session followed(int other) {
      follows.add(other);
      return this;
    }

    Session unfollowed(int other) {
      follows.remove(other);
      return this;
    }

    void maybeTakeMore() {
      if (random.nextInt(1 + user) == 0) {
        capacity += random.nextInt(40);
        timeline.fanout().onReady(subscription);
      }
    }

    @Override
    public boolean isReady() {
      return capacity > 0;
    }

    @Override
    public void deliver(long index, byte[] message) {
      assertThat(log.get((int) index - 1))
          .as("what stands at index %d", index)
          .isInstanceOfSatisfying(
              TimelineEvent.Posted.class, post -> assertThat(post.message()).isEqualTo(message));
      assertThat(closed).as("delivered after the end").isFalse();
      assertThat(capacity--).as("delivered although not ready").isPositive();
      received.add(new String(message, UTF_8));
    }
  }

  /** A replica's log that answers late; it may be ahead of what has been applied here. */
  private final class Log implements Backlog {
    final List<LogReader> open = new ArrayList<>();
    int everOpened;

    @Override
    public Reader open(long fromIndex, Consumer<AppliedRun> onRun) {
      LogReader reader = new LogReader(fromIndex, onRun);
      open.add(reader);
      everOpened++;
      return reader;
    }

    void answer(Random random) {
      for (LogReader reader : List.copyOf(open)) {
        if (reader.asked && random.nextBoolean()) {
          reader.answer(1 + random.nextInt(20));
        }
      }
    }

    private final class LogReader implements Reader {
      private final Consumer<AppliedRun> onRun;
      private long next;
      private boolean asked;

      LogReader(long next, Consumer<AppliedRun> onRun) {
        this.next = next;
        this.onRun = onRun;
      }

      @Override
      public void next() {
        assertThat(asked).as("asked twice").isFalse();
        asked = true;
      }

      @Override
      public void close() {
        assertThat(open.remove(this)).as("closed twice").isTrue();
      }

      void answer(int events) {
        long last = Math.min(log.size(), next + events - 1);
        if (next <= last) {
          asked = false;
          List<TimelineEvent> run = List.copyOf(log.subList((int) next - 1, (int) last));
          long first = next;
          next = last + 1;
          onRun.accept(new AppliedRun(first, run, List.of()));
        }
      }
    }
  }
}
