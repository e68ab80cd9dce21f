package parley.timelineservice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Effect;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.timeline.AppliedSlot;

/** What shares a transaction, and what must not overtake what. */
class DiskThreadTest {

  private static final Epoch EPOCH = new Epoch(1, 1, 7);
  private static final Batch LARGE = new Batch(1, new byte[700_000]);

  private final RecordingDisk disk = new RecordingDisk();

  @Test
  void effectsOfASlotAreNeverDurableBeforeItsCommit() {
    DiskThread thread =
        new DiskThread(
            disk,
            sequence -> {},
            (why, cause) -> {
              throw new AssertionError(why, cause);
            });
    thread.start();
    thread.write(new Effect.Persist(1, new Write.Accepted(1, EPOCH, LARGE, 0)));
    disk.awaitFirst();
    for (long slot = 2; slot <= 4; slot++) {
      thread.write(new Effect.Persist(slot, new Write.Accepted(slot, EPOCH, LARGE, 0)));
    }
    thread.write(new Effect.Persist(5, new Write.Committed(1)));
    thread.applied(new AppliedSlot(1, 1, 0, List.of(), List.of(), List.of(), List.of()));
    disk.goOn.countDown();
    thread.close();

    assertThat(disk.transactions).as("transactions").hasSizeGreaterThan(2);
    assertThat(disk.appliedBeforeCommitted).isEmpty();
    assertThat(disk.applied).isEqualTo(1);
  }

  @Test
  void whateverADiskThrowsHaltsTheReplica() throws Exception {
    CompletableFuture<Throwable> halted = new CompletableFuture<>();
    Error error = new OutOfMemoryError("as the disk says");
    Disk failing =
        new RecordingDisk() {
          @Override
          public void write(List<Write> writes, List<AppliedSlot> slots) {
            throw error;
          }
        };
    DiskThread thread =
        new DiskThread(failing, sequence -> {}, (why, cause) -> halted.complete(cause));
    thread.start();
    thread.write(new Effect.Persist(1, new Write.Promised(EPOCH)));
    assertThat(halted).succeedsWithin(Duration.ofSeconds(20)).isSameAs(error);
    thread.close();
  }

  /** The first transaction lasts until everything else is queued. */
  private static class RecordingDisk implements Disk {

    final CountDownLatch first = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    final List<List<Write>> transactions = new ArrayList<>();
    final List<AppliedSlot> appliedBeforeCommitted = new ArrayList<>();
    long committed;
    long applied;

    void awaitFirst() {
      await(first);
    }

    @Override
    public void write(List<Write> writes, List<AppliedSlot> slots) {
      first.countDown();
      await(goOn);
      transactions.add(writes);
      for (Write write : writes) {
        if (write instanceof Write.Committed mark) {
          committed = mark.committedSlot();
        }
      }
      for (AppliedSlot slot : slots) {
        applied = slot.slot();
        if (applied > committed) {
          appliedBeforeCommitted.add(slot);
        }
      }
    }

    @Override
    public List<AcceptedBatch> committed(long fromSlot, int maxBytes) {
      throw new UnsupportedOperationException("nothing is copied here");
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
