package parley.acceptance.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.acceptance.fake.FakeHosts;
import parley.acceptance.fake.FakeLibrary;
import parley.acceptance.fake.FakeTimeline;
import parley.acceptance.fake.FakeTimeline.Sabotage;
import parley.acceptance.history.HistoryCheck;
import parley.acceptance.history.HistoryCheck.Findings;
import parley.acceptance.history.HistoryReader;
import parley.acceptance.history.HostLog;
import parley.acceptance.history.Verdict.Fault;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.Patience;

/**
 * The load and the judgement of its history together, against hosts that do right, and against
 * hosts that do one single thing wrong.
 */
class LoadTest {

  private static final SteadyLoad PLAN = new SteadyLoad(2, 200);
  private static final String READER = "r20";
  private static final String LIBRARY_USER = "l2";
  private static final Set<String> LIBRARY_USERS = Set.of("l1", "l2", "l3");
  private static final int SPOILED = 50;
  private static final int DELIVERIES = 2_000;

  private final Patience patience = new Patience(Duration.ofSeconds(20));
  private Patience ending = patience;
  private List<String> stalls;
  @TempDir private Path folder;

  @Test
  void hostsThatDoRightPass() throws Exception {
    Findings findings = run((reader, post) -> List.of(post), false);
    assertThat(stalls).isEmpty();
    assertThat(findings.verdict().isClean()).as(findings.toString()).isTrue();
    assertThat(findings.deliveries()).isGreaterThan(DELIVERIES);
    assertThat(findings.broken()).isZero();
    assertThat(findings.notStored()).isZero();
  }

  @Test
  void usersOfAKilledFrontendGoOnElsewhereOrWhenItIsBack() throws Exception {
    Findings findings = run((reader, post) -> List.of(post), true);
    assertThat(stalls).isEmpty();
    assertThat(findings.verdict().isClean()).as(findings.toString()).isTrue();
    assertThat(findings.broken()).isPositive();
    assertThat(findings.refusals()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {READER, LIBRARY_USER})
  void oneLostDeliveryIsSeen(String victim) throws Exception {
    assertSeen(Fault.LOST, victim, once(victim, (reader, post) -> List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {READER, LIBRARY_USER})
  void oneDoubledDeliveryIsSeen(String victim) throws Exception {
    assertSeen(Fault.DOUBLED, victim, once(victim, (reader, post) -> List.of(post, post)));
  }

  @ParameterizedTest
  @ValueSource(strings = {READER, LIBRARY_USER})
  void oneAlteredDeliveryIsSeen(String victim) throws Exception {
    assertSeen(
        Fault.INVENTED,
        victim,
        once(
            victim,
            (reader, post) ->
                List.of(
                    FakeTimeline.parse(post).toBuilder()
                        .setMsg(FakeTimeline.parse(post).getMsg() + "!")
                        .build()
                        .toByteArray())));
  }

  @ParameterizedTest
  @ValueSource(strings = {READER, LIBRARY_USER})
  void twoSwappedDeliveriesAreSeen(String victim) throws Exception {
    Deque<byte[]> heldBack = new ArrayDeque<>();
    Sabotage holdOneBack =
        once(
            victim,
            (reader, post) -> {
              heldBack.add(post);
              return List.of();
            });
    assertSeen(
        Fault.REORDERED,
        victim,
        (reader, post) -> {
          boolean next = reader.equals(victim) && !heldBack.isEmpty();
          return next ? List.of(post, heldBack.remove()) : holdOneBack.deliver(reader, post);
        });
  }

  @Test
  void onePostThatIsAcknowledgedAtAnotherIndexIsSeen() throws Exception {
    AtomicInteger posts = new AtomicInteger();
    assertSeen(
        Fault.REORDERED,
        LIBRARY_USER,
        acknowledging(
            index ->
                CompletableFuture.completedFuture(
                    posts.getAndIncrement() > 0 ? index : index + 1)));
  }

  @Test
  void onePostThatTheLibraryFailsIsSeen() throws Exception {
    Findings findings =
        assertSeen(
            Fault.BROKEN,
            LIBRARY_USER,
            acknowledging(
                index -> CompletableFuture.failedFuture(new IllegalStateException("no luck"))));
    assertThat(findings.verdict().examples())
        .anyMatch(example -> example.contains("post 0 failed") && example.contains("no luck"));
  }

  @Test
  void libraryThatNeverAcknowledgesIsNotWaitedForForever() throws Exception {
    ending = new Patience(Duration.ofSeconds(2));
    Findings findings = run(acknowledging(index -> new CompletableFuture<>()), false);
    assertThat(stalls)
        .anyMatch(stall -> stall.contains("all posts safe") && stall.contains(LIBRARY_USER));
    assertThat(findings.verdict().examples())
        .anyMatch(example -> example.startsWith("broken: ") && example.contains(LIBRARY_USER))
        .anyMatch(example -> example.endsWith("was never acknowledged"));
  }

  private static Sabotage once(String victim, Sabotage spoil) {
    AtomicInteger deliveries = new AtomicInteger();
    return (reader, post) ->
        reader.equals(victim) && deliveries.incrementAndGet() == SPOILED
            ? spoil.deliver(reader, post)
            : List.of(post);
  }

  private static Sabotage acknowledging(LongFunction<CompletableFuture<Long>> spoil) {
    return new Sabotage() {
      @Override
      public List<byte[]> deliver(String reader, byte[] post) {
        return List.of(post);
      }

      @Override
      public CompletableFuture<Long> acknowledge(String author, long index) {
        return author.equals(LIBRARY_USER)
            ? spoil.apply(index)
            : Sabotage.super.acknowledge(author, index);
      }
    };
  }

  private Findings assertSeen(Fault fault, String victim, Sabotage sabotage) throws Exception {
    Findings findings = run(sabotage, false);
    assertThat(stalls).isEmpty();
    assertThat(findings.verdict().count(fault)).as(findings.toString()).isEqualTo(1);
    assertThat(findings.verdict().examples()).allMatch(example -> example.contains(victim));
    return findings;
  }

  private Findings run(Sabotage sabotage, boolean withKill) throws Exception {
    Path file = folder.resolve("history.gz");
    FakeTimeline timeline = new FakeTimeline(sabotage);
    try (FakeHosts hosts = new FakeHosts(timeline)) {
      hosts.start();
      Doors doors = new Doors(hosts::frontend, known -> new FakeLibrary(timeline));
      try (Load load = Load.start("", doors, PLAN.profiles(""), file)) {
        awaitMore(load, DELIVERIES);
        patience.await("users of the library have posted", () -> havePosted(hosts));
        if (withKill) {
          load.unreachable(2, true);
          hosts.killFrontend(2);
          awaitMore(load, DELIVERIES);
          load.reachable(2);
          load.goHome();
          patience.await("all users are at home", load::isHome);
          awaitMore(load, DELIVERIES);
          patience.await(
              "users of the library notice posts and acknowledgements",
              () -> allBeat(load.libraryPulses()));
        }
        patience.await("posts come through at every frontend", () -> allBeat(pulses(load)));
        stalls = load.finish(ending);
      }
      HostLog log = new HostLog("host 1");
      hosts.storedPosts(1).forEach(post -> log.add(post.index(), post.author(), post.text()));
      return new HistoryCheck(20)
          .check(new HistoryReader(() -> Files.newInputStream(file)), List.of(log));
    }
  }

  private static List<Pulse> pulses(Load load) {
    return IntStream.rangeClosed(1, Hosts.COUNT).mapToObj(load::pulse).toList();
  }

  private static boolean allBeat(List<Pulse> pulses) {
    return pulses.stream().allMatch(pulse -> pulse.count() > 0);
  }

  private static boolean havePosted(FakeHosts hosts) {
    return hosts.storedPosts(1).stream()
        .map(Hosts.StoredPost::author)
        .collect(Collectors.toSet())
        .containsAll(LIBRARY_USERS);
  }

  private void awaitMore(Load load, long deliveries) {
    long before = load.deliveries();
    patience.await(
        "posts are delivered",
        () -> {
          load.requireAlive();
          return load.deliveries() - before > deliveries;
        },
        load::deliveries);
  }
}
