package parley.timelineservice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.DurableState;
import parley.timelineservice.paxos.Effect;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.PaxosConfig;
import parley.timelineservice.paxos.PaxosReplica;
import parley.timelineservice.primary.FromFrontend;
import parley.timelineservice.primary.FrontendLine;
import parley.timelineservice.primary.ToFrontend;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.Timeline;

/** What goes into one slot together: a cluster of one host, whose disk the test itself is. */
class PrimaryDeskTest {

  private static final long INCARNATION = 7;
  private static final int PIPELINE = 3;
  private static final int BATCH_BYTES_MAX = 1024;
  private static final int LARGE = BATCH_BYTES_MAX / 8;

  private long nanos;
  private final FrontendLine line = new SilentLine();
  private final Timeline timeline = new Timeline();
  private final PaxosReplica core = new PaxosReplica(config(), disk());
  private final PrimaryDesk desk =
      new PrimaryDesk(core, timeline, Set.of(1), BATCH_BYTES_MAX, nanos);
  private long written;
  private long registers;

  @BeforeEach
  void becomePrimary() {
    core.onLatch(true, 0);
    settle();
    assertThat(core.isServing()).as("serving, as %s", core.roleName()).isTrue();
    desk.opened(line);
  }

  // R10: "What arrives while batches are in flight forms the next one."
  @Test
  void whatArrivesWhileASlotIsUnderWayGoesIntoTheNextOneTogether() {
    arrives();
    assertThat(entriesProposed()).isEqualTo(1);
    arrives();
    assertThat(desk.nextBatch(nanos)).as("beside the slot that is under way").isEmpty();
    arrives();
    assertThat(desk.nextBatch(nanos)).as("beside the slot that is under way").isEmpty();

    settle();
    assertThat(entriesProposed()).as("once it is committed").isEqualTo(2);
  }

  @Test
  void whereSlotsHoldMoreOneEntryWaitsForCompanyUntilItsTime() {
    for (int slot = 0; slot < 100; slot++) {
      arrives();
      arrives();
      assertThat(entriesProposed()).as("two do not wait").isEqualTo(2);
      settle();
    }
    assertThat(desk.nextBatchInNanos(nanos)).as("nothing waits").isEmpty();

    arrives();
    assertThat(desk.nextBatch(nanos)).as("one alone").isEmpty();
    nanos += desk.nextBatchInNanos(nanos).orElseThrow() - 1;
    assertThat(desk.nextBatch(nanos)).as("one alone, just before its time").isEmpty();
    nanos++;
    assertThat(entriesProposed()).isEqualTo(1);
    arrives();
    assertThat(desk.nextBatchInNanos(nanos)).as("a slot is under way").isEmpty();
  }

  @Test
  void aLargeBatchDoesNotWaitForTheSlotsUnderWay() {
    arrives();
    assertThat(entriesProposed()).isEqualTo(1);
    for (int slot = 2; slot <= PIPELINE; slot++) {
      int bytes = 0;
      while (bytes < LARGE) {
        assertThat(desk.nextBatch(nanos)).as("%d bytes, less than %d", bytes, LARGE).isEmpty();
        bytes += arrives();
      }
      assertThat(entriesProposed()).as("in slot %d", slot).isGreaterThan(1);
    }
    assertThat(core.underWay()).isEqualTo(PIPELINE);
  }

  /** A frontend wants to be registered; returns how long the entry is. */
  private int arrives() {
    long incarnation = 100 + ++registers;
    desk.onMessage(line, new FromFrontend.Hello(1, incarnation, List.of(), true, true, 0));
    return EntryCodec.encode(List.of(new Entry(incarnation, 0, new Command.Register(1, 0)))).length;
  }

  private int entriesProposed() {
    Optional<Batch> batch = desk.nextBatch(nanos);
    batch.ifPresent(core::propose);
    return batch.map(Batch::count).orElse(0);
  }

  /** Everything written becomes durable, which commits and applies it. */
  private void settle() {
    for (List<Effect> effects = core.drain(); !effects.isEmpty(); effects = core.drain()) {
      effects.forEach(this::carryOut);
      core.onDurable(written);
    }
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.Persist persist) {
      written = persist.sequence();
    } else if (effect instanceof Effect.Apply apply) {
      AcceptedBatch slot = apply.slot();
      timeline.apply(slot.slot(), EntryCodec.decode(slot.batch().bytes()));
    }
  }

  private static PaxosConfig config() {
    return new PaxosConfig(1, new TreeSet<>(Set.of(1)), PIPELINE, 64, 4, 10, 20, 8, 1);
  }

  private static DurableState disk() {
    Map<Integer, Long> founders = Map.of(1, INCARNATION);
    return new DurableState(INCARNATION, true, founders, Epoch.NONE, 0, 0, List.of());
  }

  private static final class SilentLine implements FrontendLine {

    @Override
    public void send(ToFrontend message) {
      // Nobody listens.
    }

    @Override
    public void close(String why) {
      throw new AssertionError("the line was closed: " + why);
    }
  }
}
