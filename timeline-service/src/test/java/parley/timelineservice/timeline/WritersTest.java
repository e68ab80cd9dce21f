package parley.timelineservice.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.timelineservice.timeline.Command.PostKey;

/** A post with a key takes effect at most once, and in its writer's order. */
class WritersTest {

  private static final long F1 = 0xF1;
  private static final long F2 = 0xF2;
  private static final long PEN = 0xA11CE;
  private static final long OTHER_PEN = 0xB0B;

  private final Timeline timeline = new Timeline();

  @BeforeEach
  void registerTwoFrontendsAndTwoUsers() {
    apply(Script.register(F1, 1, 0));
    apply(Script.register(F2, 2, 0));
    apply(Script.of(F1, 1).create("ann", "bob").entries());
  }

  private AppliedSlot apply(List<Entry> entries) {
    return timeline.apply(timeline.appliedSlot() + 1, entries);
  }

  private static Command post(String author, long writer, long sequence) {
    return new Command.Post(author, "x", 0, 0, false, new PostKey(writer, sequence));
  }

  private Outcome outcome(long client, String author, long writer, long sequence) {
    AppliedSlot applied =
        apply(
            Script.of(client, timeline.nextNumber(client))
                .add(post(author, writer, sequence))
                .entries());
    Result.Taken taken = (Result.Taken) applied.results().get(0);
    assertThat(taken.index() != 0).isEqualTo(taken.outcome() == Outcome.DONE);
    return taken.outcome();
  }

  @Test
  void postThatCameThroughAnotherFrontendTakesEffectOnce() {
    assertThat(outcome(F1, "ann", PEN, 1)).isEqualTo(Outcome.DONE);
    assertThat(outcome(F2, "ann", PEN, 1)).isEqualTo(Outcome.ALREADY_POSTED);
    assertThat(timeline.posts()).isEqualTo(1);
  }

  @Test
  void postsThatAreSentAgainFromAnEarlierOneOnKeepTheirOrder() {
    outcome(F1, "ann", PEN, 1);
    outcome(F1, "ann", PEN, 2);
    AppliedSlot again =
        apply(
            Script.of(F2, 1)
                .add(post("ann", PEN, 1))
                .add(post("ann", PEN, 2))
                .add(post("ann", PEN, 3))
                .entries());
    assertThat(again.results())
        .containsExactly(
            new Result.Taken(Outcome.ALREADY_POSTED, 0),
            new Result.Taken(Outcome.ALREADY_POSTED, 0),
            new Result.Taken(Outcome.DONE, 5));
    assertThat(outcome(F1, "ann", PEN, 3)).isEqualTo(Outcome.ALREADY_POSTED);
  }

  @Test
  void postWaitsForTheOneBeforeIt() {
    assertThat(outcome(F1, "ann", PEN, 2)).isEqualTo(Outcome.OUT_OF_SEQUENCE);
    assertThat(outcome(F1, "ann", PEN, 1)).isEqualTo(Outcome.DONE);
    assertThat(outcome(F1, "ann", PEN, 3)).isEqualTo(Outcome.OUT_OF_SEQUENCE);
    assertThat(outcome(F1, "ann", PEN, 2)).isEqualTo(Outcome.DONE);
  }

  @Test
  void sequenceThatNobodyCanHaveGivenIsOutOfSequence() {
    for (long sequence : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(outcome(F1, "ann", PEN, sequence)).isEqualTo(Outcome.OUT_OF_SEQUENCE);
    }
  }

  @Test
  void writersAreNumberedApartForEachAuthor() {
    assertThat(outcome(F1, "ann", PEN, 1)).isEqualTo(Outcome.DONE);
    assertThat(outcome(F1, "ann", OTHER_PEN, 1)).isEqualTo(Outcome.DONE);
    assertThat(outcome(F1, "bob", PEN, 1)).isEqualTo(Outcome.DONE);
  }

  @Test
  void refusedPostUsesUpNoSequenceNumber() {
    assertThat(outcome(F1, "cy", PEN, 1)).isEqualTo(Outcome.INVALID_USER);
    apply(Script.of(F1, timeline.nextNumber(F1)).create("cy").entries());
    assertThat(outcome(F1, "cy", PEN, 1)).isEqualTo(Outcome.DONE);
  }

  @Test
  void postsWithoutAKeyAreAllDifferent() {
    apply(Script.of(F1, 3).post("ann", "same").post("ann", "same").entries());
    assertThat(timeline.posts()).isEqualTo(2);
  }

  @Test
  void slotTellsStorageOfAWriterOnce() {
    AppliedSlot applied =
        apply(Script.of(F1, 3).add(post("ann", PEN, 1)).add(post("ann", PEN, 2)).entries());
    assertThat(applied.changes()).contains(new Change.WriterStands(0, PEN, 2, 4));
    assertThat(applied.changes()).doesNotContain(new Change.WriterStands(0, PEN, 1, 3));
  }

  @Test
  void writersWhoseLastPostIsOldestAreForgotten() {
    outcome(F1, "ann", PEN, 1);
    outcome(F1, "ann", OTHER_PEN, 1);
    outcome(F1, "ann", PEN, 2);
    Script many = Script.of(F1, timeline.nextNumber(F1));
    for (int i = 0; i < Writers.KEPT_MAX - 1; i++) {
      many.add(post("bob", 1 + i, 1));
    }
    AppliedSlot applied = apply(many.entries());
    assertThat(applied.changes())
        .filteredOn(change -> change instanceof Change.WriterForgotten)
        .containsExactly(new Change.WriterForgotten(0, OTHER_PEN));
    assertThat(outcome(F1, "ann", OTHER_PEN, 2)).isEqualTo(Outcome.OUT_OF_SEQUENCE);
    assertThat(outcome(F1, "ann", PEN, 2)).isEqualTo(Outcome.ALREADY_POSTED);
  }

  @Test
  void whatIsMadeAgainOfStoredChangesForgetsTheSameWriters() {
    StateModel stored = new StateModel();
    stored.write(List.of(new Change.UserCreated(0, "ann", 1)));
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < Writers.KEPT_MAX; i++) {
      // Stored in any order: what counts is the index.
      changes.add(new Change.WriterStands(0, 1 + i, 1, 2L + (i ^ 1)));
    }
    List<Change> state = new ArrayList<>(stored.state());
    changes.sort((a, b) -> Long.compare(index(a), index(b)));
    state.addAll(changes);
    Timeline again = new Timeline(5, 2L + Writers.KEPT_MAX, 0, state);
    again.apply(6, Script.register(F1, 1, 0));
    AppliedSlot applied = again.apply(7, Script.of(F1, 1).add(post("ann", PEN, 1)).entries());
    assertThat(applied.changes()).contains(new Change.WriterForgotten(0, 2));
  }

  private static long index(Change change) {
    return ((Change.WriterStands) change).index();
  }
}
