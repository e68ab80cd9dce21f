package parley.acceptance.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.acceptance.fake.FakeHosts;
import parley.acceptance.fake.FakeTimeline;
import parley.acceptance.history.Model;
import parley.acceptance.history.Trace;
import parley.acceptance.history.Verdict.Fault;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.Progress;

/**
 * The replay itself, against hosts that do right, and against hosts that do one single thing wrong.
 */
class ReplayTest {

  private static final Model MODEL = new Model(Trace.ofCollegeMessages().first(800));
  private static final int SPOILED = 10;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void hostsThatDoRightPass() throws Exception {
    Outcome outcome = replay((reader, post) -> List.of(post));
    assertThat(outcome.lines()).contains("All is well.");
    assertThat(outcome.isGood()).isTrue();
    assertThat(outcome.rates().deliveriesPerSecond()).isPositive();
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("have left", "went on");
  }

  @Test
  void oneLostDeliveryIsSeen() throws Exception {
    Outcome outcome = replay(once((reader, post) -> List.of()));
    assertThat(outcome.verdict().count(Fault.LOST)).isEqualTo(1);
    assertThat(outcome.isGood()).isFalse();
  }

  @Test
  void oneDoubledDeliveryIsSeen() throws Exception {
    Outcome outcome = replay(once((reader, post) -> List.of(post, post)));
    assertThat(outcome.verdict().count(Fault.DOUBLED)).isEqualTo(1);
    assertThat(outcome.isGood()).isFalse();
  }

  @Test
  void oneAlteredDeliveryIsSeen() throws Exception {
    Outcome outcome =
        replay(
            once(
                (reader, post) ->
                    List.of(
                        FakeTimeline.parse(post).toBuilder()
                            .setMsg(FakeTimeline.parse(post).getMsg() + "!")
                            .build()
                            .toByteArray())));
    assertThat(outcome.verdict().count(Fault.INVENTED)).isEqualTo(1);
    assertThat(outcome.verdict().count(Fault.LOST)).isEqualTo(1);
  }

  @Test
  void twoSwappedDeliveriesAreSeen() throws Exception {
    Outcome outcome = replay(new Swap());
    assertThat(outcome.verdict().count(Fault.REORDERED)).isEqualTo(1);
    assertThat(outcome.isGood()).isFalse();
  }

  private Outcome replay(FakeTimeline.Sabotage sabotage) throws Exception {
    try (FakeHosts hosts = new FakeHosts(new FakeTimeline(sabotage));
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Progress progress = new Progress(out, false, "Replay")) {
      return new Replay(hosts, MODEL, new Patience(Duration.ofSeconds(10)), 2_000, progress).run();
    }
  }

  // Only this reader's deliveries are spoiled: one who must receive everything, and much of it.
  private static String victim() {
    return MODEL.name(
        IntStream.range(0, MODEL.users())
            .filter(user -> Crowd.frontendOf(user) == 0)
            .boxed()
            .max(Comparator.comparingInt(MODEL::expectedCount))
            .orElseThrow());
  }

  private static FakeTimeline.Sabotage once(FakeTimeline.Sabotage spoil) {
    String victim = victim();
    AtomicInteger deliveries = new AtomicInteger();
    return (reader, post) ->
        reader.equals(victim) && deliveries.incrementAndGet() == SPOILED
            ? spoil.deliver(reader, post)
            : List.of(post);
  }

  /** Holds one delivery back until the same reader's next. */
  private static final class Swap implements FakeTimeline.Sabotage {

    private final String victim = victim();
    private final Deque<byte[]> heldBack = new ArrayDeque<>();
    private int deliveries;

    @Override
    public List<byte[]> deliver(String reader, byte[] post) {
      if (!reader.equals(victim)) {
        return List.of(post);
      }
      if (++deliveries == SPOILED) {
        heldBack.add(post);
        return List.of();
      }
      return heldBack.isEmpty() ? List.of(post) : List.of(post, heldBack.remove());
    }
  }
}
