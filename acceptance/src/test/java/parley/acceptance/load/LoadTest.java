package parley.acceptance.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.acceptance.fake.FakeHosts;
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
  private static final String VICTIM = "r20";
  private static final int SPOILED = 50;
  private static final int DELIVERIES = 2_000;

  private final Patience patience = new Patience(Duration.ofSeconds(20));
  @TempDir private Path folder;

  @Test
  void hostsThatDoRightPass() throws Exception {
    Findings findings = run((reader, post) -> List.of(post), false);
    assertThat(findings.verdict().isClean()).as(findings.toString()).isTrue();
    assertThat(findings.deliveries()).isGreaterThan(DELIVERIES);
    assertThat(findings.broken()).isZero();
    assertThat(findings.notStored()).isZero();
  }

  @Test
  void usersOfAKilledFrontendGoOnElsewhereOrWhenItIsBack() throws Exception {
    Findings findings = run((reader, post) -> List.of(post), true);
    assertThat(findings.verdict().isClean()).as(findings.toString()).isTrue();
    assertThat(findings.broken()).isPositive();
    assertThat(findings.refusals()).isZero();
  }

  @Test
  void oneLostDeliveryIsSeen() throws Exception {
    assertSeen(Fault.LOST, once((reader, post) -> List.of()));
  }

  @Test
  void oneDoubledDeliveryIsSeen() throws Exception {
    assertSeen(Fault.DOUBLED, once((reader, post) -> List.of(post, post)));
  }

  @Test
  void oneAlteredDeliveryIsSeen() throws Exception {
    assertSeen(
        Fault.INVENTED,
        once(
            (reader, post) ->
                List.of(
                    FakeTimeline.parse(post).toBuilder()
                        .setMsg(FakeTimeline.parse(post).getMsg() + "!")
                        .build()
                        .toByteArray())));
  }

  @Test
  void twoSwappedDeliveriesAreSeen() throws Exception {
    Deque<byte[]> heldBack = new ArrayDeque<>();
    Sabotage holdOneBack =
        once(
            (reader, post) -> {
              heldBack.add(post);
              return List.of();
            });
    assertSeen(
        Fault.REORDERED,
        (reader, post) -> {
          boolean next = reader.equals(VICTIM) && !heldBack.isEmpty();
          return next ? List.of(post, heldBack.remove()) : holdOneBack.deliver(reader, post);
        });
  }

  private static Sabotage once(Sabotage spoil) {
    AtomicInteger deliveries = new AtomicInteger();
    return (reader, post) ->
        reader.equals(VICTIM) && deliveries.incrementAndGet() == SPOILED
            ? spoil.deliver(reader, post)
            : List.of(post);
  }

  private void assertSeen(Fault fault, Sabotage sabotage) throws Exception {
    Findings findings = run(sabotage, false);
    assertThat(findings.verdict().count(fault)).as(findings.toString()).isEqualTo(1);
    assertThat(findings.verdict().examples()).allMatch(example -> example.contains(VICTIM));
  }

  private Findings run(Sabotage sabotage, boolean withKill) throws Exception {
    Path file = folder.resolve("history.gz");
    try (FakeHosts hosts = new FakeHosts(new FakeTimeline(sabotage))) {
      hosts.start();
      try (Load load = Load.start("", hosts::frontend, PLAN.profiles(""), file)) {
        awaitMore(load, DELIVERIES);
        if (withKill) {
          load.unreachable(2, true);
          hosts.killFrontend(2);
          awaitMore(load, DELIVERIES);
          load.reachable(2);
          load.goHome();
          patience.await("all users are at home", load::isHome);
          awaitMore(load, DELIVERIES);
        }
        for (int host = 1; host <= Hosts.COUNT; host++) {
          assertThat(load.pulse(host).count()).isPositive();
        }
        assertThat(load.finish(patience)).isEmpty();
      }
      HostLog log = new HostLog("host 1");
      hosts.storedPosts(1).forEach(post -> log.add(post.author(), post.text()));
      return new HistoryCheck(20)
          .check(new HistoryReader(() -> Files.newInputStream(file)), List.of(log));
    }
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
