package parley.timelineservice.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.DurableState;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Script;
import parley.timelineservice.timeline.Timeline;

/** What is durable after each kind of write, and what is not. */
class JournalTest {

  private static final Epoch E1 = new Epoch(1, 1, 11);
  private static final Epoch E2 = new Epoch(2, 2, -22);
  private static final long F1 = 0xF1;

  @TempDir Path folder;

  private Journal open() {
    return Journal.open(folder.resolve("timeline"), () -> 11);
  }

  private DurableState after(Write... writes) {
    try (Journal journal = open()) {
      for (Write write : writes) {
        journal.write(List.of(write), List.of());
      }
    }
    try (Journal journal = open()) {
      return journal.durableState();
    }
  }

  private static Batch batch(String text) {
    return TestReplica.batch(Script.of(F1, 1).post("ann", text).entries());
  }

  @Test
  void newFolderIsEmptyAndKeepsTheIncarnationDrawnForIt() {
    assertThat(after())
        .isEqualTo(new DurableState(11, false, Map.of(), Epoch.NONE, 0, 0, List.of()));
    try (Journal journal = Journal.open(folder.resolve("timeline"), () -> 99)) {
      assertThat(journal.durableState().incarnation()).isEqualTo(11);
    }
  }

  @Test
  void promisedIsTheNewPromise() {
    DurableState state = after(new Write.Promised(E1), new Write.Promised(E2));
    assertThat(state.promised()).isEqualTo(E2);
    assertThat(state.tail()).isEmpty();
  }

  // R6: "Accepting raises the promise to that epoch, in the same transaction."

  @Test
  void acceptedHoldsTheBatchAndRaisesPromiseAndCommittedSlot() {
    DurableState state =
        after(
            new Write.Promised(E1),
            new Write.Accepted(1, E2, batch("a"), 0),
            new Write.Accepted(2, E2, batch("b"), 1));
    assertThat(state.promised()).isEqualTo(E2);
    assertThat(state.committedSlot()).isEqualTo(1);
    assertThat(state.appliedSlot()).isZero();
    assertThat(state.tail())
        .containsExactly(
            new AcceptedBatch(1, E2, batch("a")), new AcceptedBatch(2, E2, batch("b")));
  }

  @Test
  void acceptedNeverLowersPromiseOrCommittedSlot() {
    DurableState state =
        after(
            new Write.Accepted(1, E1, batch("a"), 0),
            new Write.Accepted(2, E1, batch("b"), 0),
            new Write.Committed(2),
            new Write.Promised(E2),
            new Write.Accepted(3, E1, batch("c"), 1));
    assertThat(state.promised()).isEqualTo(E2);
    assertThat(state.committedSlot()).isEqualTo(2);
  }

  // R6: "Nothing is truncated ...: a stale batch stays in its slot until replaced in that slot."

  @Test
  void staleBatchStaysInItsSlotUntilReplacedThere() {
    DurableState state =
        after(
            new Write.Accepted(5, E1, batch("five"), 0),
            new Write.Accepted(6, E1, batch("six"), 0),
            new Write.Accepted(7, E1, batch("seven"), 0),
            new Write.Accepted(5, E2, batch("other five"), 0));
    assertThat(state.tail())
        .containsExactly(
            new AcceptedBatch(5, E2, batch("other five")),
            new AcceptedBatch(6, E1, batch("six")),
            new AcceptedBatch(7, E1, batch("seven")));
  }

  // R9: "What is durable with a batch never includes effects"

  @Test
  void nothingIsDerivedFromWhatIsOnlyAccepted() {
    Batch register = TestReplica.batch(Script.register(F1, 1, 0));
    Batch create = TestReplica.batch(Script.of(F1, 1).create("ann").entries());
    after(
        new Write.Accepted(1, E1, register, 0),
        new Write.Accepted(2, E1, create, 1),
        new Write.Committed(2));
    try (Journal journal = open()) {
      assertThat(journal.timeline().users()).isEmpty();
      assertThat(journal.timeline().knows(F1)).isFalse();
      assertThat(journal.timeline().appliedSlot()).isZero();
      assertThat(journal.reads().appliedIndex()).isZero();
      assertThat(journal.reads().totals().users()).isZero();
    }
  }

  // R9: "... are written when a slot is applied, in the next write transaction, together with
  // appliedSlot"

  @Test
  void effectsAreWrittenTogetherWithTheAppliedSlot() {
    Path at = folder.resolve("timeline");
    long hash;
    try (TestReplica replica = new TestReplica(at, 1000)) {
      replica.commit(Script.register(F1, 1, 0));
      replica.commit(Script.of(F1, 1).create("ann", "bob", "ann").follow("ann", "bob").entries());
      hash = replica.timeline.stateHash();
      replica.commit(Script.of(F1, 5).post("bob", "last").entries());
    }
    try (Journal journal = Journal.open(at, () -> 1)) {
      assertThat(journal.durableState().appliedSlot()).isEqualTo(2);
      assertThat(journal.durableState().committedSlot()).isEqualTo(3);
      assertThat(journal.durableState().tail()).extracting(AcceptedBatch::slot).containsExactly(3L);
      assertThat(journal.timeline().stateHash()).isEqualTo(hash);
      assertThat(journal.timeline().nextNumber(F1)).isEqualTo(5);
    }
  }

  @Test
  void effectsMayBeWrittenAlone() {
    Path at = folder.resolve("timeline");
    try (TestReplica replica = new TestReplica(at, 1000)) {
      replica.commit(Script.register(F1, 1, 0));
      replica.write();
      replica.write();
    }
    try (Journal journal = Journal.open(at, () -> 1)) {
      assertThat(journal.durableState().appliedSlot()).isEqualTo(1);
      assertThat(journal.timeline().knows(F1)).isTrue();
    }
  }

  @Test
  void supersededClientsAndKeptOutcomesSurvive() {
    Path at = folder.resolve("timeline");
    long hash;
    try (TestReplica replica = new TestReplica(at, 1000)) {
      replica.commit(Script.register(F1, 1, 0));
      replica.commit(Script.of(F1, 1).create("ann", "ann").entries());
      replica.commit(Script.register(0xF2, 1, F1));
      replica.commit(Script.of(0xF2, 1).create("ann").post("nobody", "").entries());
      hash = replica.timeline.stateHash();
      replica.write();
    }
    try (Journal journal = Journal.open(at, () -> 1)) {
      Timeline timeline = journal.timeline();
      assertThat(timeline.stateHash()).isEqualTo(hash);
      AppliedSlot again = timeline.apply(5, Script.register(F1, 1, 0xF2));
      assertThat(again.changes()).isEmpty();
    }
  }

  @Test
  void copiedHoldsTheBatchCommitsItsSlotAndRaisesThePromise() {
    DurableState state =
        after(
            new Write.Accepted(2, E1, batch("stale"), 0),
            new Write.Copied(1, E1, batch("a")),
            new Write.Copied(2, E2, batch("b")),
            new Write.Copied(3, E1, batch("c")));
    assertThat(state.promised()).isEqualTo(E2);
    assertThat(state.committedSlot()).isEqualTo(3);
    assertThat(state.tail())
        .containsExactly(
            new AcceptedBatch(1, E1, batch("a")),
            new AcceptedBatch(2, E2, batch("b")),
            new AcceptedBatch(3, E1, batch("c")));
  }

  // R15

  @Test
  void formedMakesAFoundingVoter() {
    DurableState state = after(new Write.Formed(Map.of(1, 11L, 2, -22L, 3, 33L)));
    assertThat(state.voter()).isTrue();
    assertThat(state.founders()).isEqualTo(Map.of(1, 11L, 2, -22L, 3, 33L));
  }

  @Test
  void becomingAVoterAndThePromiseAreDurableTogether() {
    DurableState state = after(new Write.BecameVoter(E2, Map.of(1, 1L, 2, 2L, 3, 3L)));
    assertThat(state.voter()).isTrue();
    assertThat(state.promised()).isEqualTo(E2);
    assertThat(state.founders()).isEqualTo(Map.of(1, 1L, 2, 2L, 3, 3L));
  }

  @Test
  void severalWritesAndEffectsAreOneTransaction() {
    try (Journal journal = open()) {
      Write good = new Write.Accepted(1, E1, batch("a"), 0);
      Write bad = new Write.Copied(7, E1, batch("gap"));
      assertThatThrownBy(() -> journal.write(List.of(good, bad), List.of()))
          .isInstanceOf(StorageFailure.class)
          .hasMessageContaining("slot 7 copied behind the committed slot 0");
      assertThatThrownBy(() -> journal.write(List.of(good), List.of()))
          .as("after a failure nothing more is written")
          .isInstanceOf(StorageFailure.class);
    }
    try (Journal journal = open()) {
      assertThat(journal.durableState().tail()).isEmpty();
    }
  }

  @Test
  void promiseAndCommittedSlotNeverGoBack() {
    try (Journal journal = open()) {
      journal.write(List.of(new Write.Promised(E2)), List.of());
      assertThatThrownBy(() -> journal.write(List.of(new Write.Promised(E1)), List.of()))
          .hasMessageContaining("promise of 1@1 after one of 2@2");
    }
    try (Journal journal = open()) {
      journal.write(List.of(new Write.Copied(1, E1, batch("a"))), List.of());
      assertThatThrownBy(() -> journal.write(List.of(new Write.Committed(0)), List.of()))
          .hasMessageContaining("committed slot 0 after the committed slot 1");
    }
  }

  @Test
  void effectsOfUncommittedSlotsAreRefused() {
    try (Journal journal = open()) {
      AppliedSlot applied = new Timeline().apply(1, Script.register(F1, 1, 0));
      assertThatThrownBy(() -> journal.write(List.of(), List.of(applied)))
          .hasMessageContaining("slot 1 is applied, but only 0 is committed");
    }
  }

  // R16: "Catch-up copies committed slots in bounded chunks"

  @Test
  void committedSlotsAreReadInBoundedChunks() {
    try (Journal journal = open()) {
      for (int slot = 1; slot <= 50; slot++) {
        journal.write(
            List.of(new Write.Accepted(slot, E1, batch("text " + slot), slot - 1)), List.of());
      }
      assertThat(journal.committed(1, 1_000_000)).hasSize(49);
      assertThat(journal.committed(40, 1_000_000))
          .extracting(AcceptedBatch::slot)
          .containsExactly(40L, 41L, 42L, 43L, 44L, 45L, 46L, 47L, 48L, 49L);
      assertThat(journal.committed(1, 1)).hasSize(1);
      int size = batch("text 10").bytes().length;
      assertThat(journal.committed(10, 20 * size)).hasSize(20);
      assertThat(journal.committed(50, 1_000_000)).isEmpty();
    }
  }

  // Files that cannot be used: one line for people

  @Test
  void damagedFileIsOneClearLine() throws IOException {
    after(new Write.Promised(E1));
    Path file = folder.resolve("timeline/timeline.mv.db");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, (byte) 'x');
    Files.write(file, bytes);
    assertThatThrownBy(this::open)
        .isInstanceOf(StorageFailure.class)
        .hasMessageContaining(file + " is damaged")
        .hasMessageContaining("start again");
  }

  @Test
  void folderThatCannotBeCreatedIsOneClearLine() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> Journal.open(notAFolder.resolve("timeline"), () -> 1))
        .isInstanceOf(StorageFailure.class)
        .hasMessageContaining("cannot be created");
  }

  @Test
  void missingCommittedSlotIsNoticedAtOpening() {
    assertThatThrownBy(() -> after(new Write.Committed(3)))
        .isInstanceOf(StorageFailure.class)
        .hasMessageContaining("of the committed slots 1 to 3 it holds only 0");
  }

  @Test
  void interruptedThreadIsKeptAwayFromTheDatabase() {
    try (Journal journal = open()) {
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(() -> journal.committed(1, 1)).isInstanceOf(IllegalStateException.class);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(journal.committed(1, 1)).isEmpty();
    }
  }
}
