package parley.timelineservice.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each sentence of R11 to R13, and what the commands mean. */
class TimelineTest {

  private static final long F1 = 0xF1;
  private static final long F2 = 0xF2;
  private static final long F3 = 0xF3;

  private final Timeline timeline = new Timeline();

  private AppliedSlot apply(List<Entry> entries) {
    return timeline.apply(timeline.appliedSlot() + 1, entries);
  }

  private Result only(List<Entry> entries) {
    AppliedSlot applied = apply(entries);
    assertThat(applied.results()).hasSize(1);
    return applied.results().get(0);
  }

  private void registered() {
    apply(Script.register(F1, 1, 0));
  }

  private void registeredWithUsers(String... names) {
    registered();
    apply(Script.of(F1, 1).create(names).entries());
  }

  // R11: a host's first incarnation replaces none

  @Test
  void firstRegisterOfAHostNamesNone() {
    assertThat(only(Script.register(F1, 1, 0))).isEqualTo(new Result.Registered(F1));
    assertThat(timeline.knows(F1)).isTrue();
    assertThat(timeline.currentIncarnation(1)).isEqualTo(F1);
    assertThat(timeline.nextNumber(F1)).isEqualTo(1);
  }

  @Test
  void registerThatNamesAnUnknownPredecessorHasNoEffect() {
    assertThat(only(Script.register(F1, 1, 77))).isEqualTo(new Result.Registered(0));
    assertThat(timeline.knows(F1)).isFalse();
  }

  // R11: "takes effect only if that is still the host's current one (else it answers with the
  // current one)"

  @Test
  void registerReplacesTheIncarnationThatItNames() {
    registered();
    assertThat(only(Script.register(F2, 1, F1))).isEqualTo(new Result.Registered(F2));
    assertThat(timeline.knows(F1)).isFalse();
    assertThat(timeline.currentIncarnation(1)).isEqualTo(F2);
  }

  @Test
  void registerThatNamesNoLongerTheCurrentOneIsToldTheCurrentOne() {
    registered();
    apply(Script.register(F2, 1, F1));
    assertThat(only(Script.register(F3, 1, F1))).isEqualTo(new Result.Registered(F2));
    assertThat(only(Script.register(F3, 1, 0))).isEqualTo(new Result.Registered(F2));
    assertThat(timeline.knows(F3)).isFalse();
  }

  // R11: "registering the current one again changes nothing"

  @Test
  void registeringTheCurrentOneAgainChangesNothing() {
    registeredWithUsers("ann");
    long hash = timeline.stateHash();
    AppliedSlot again = apply(Script.register(F1, 1, 0));
    assertThat(again.results()).containsExactly(new Result.Registered(F1));
    assertThat(again.changes()).isEmpty();
    assertThat(timeline.nextNumber(F1)).isEqualTo(2);
    assertThat(timeline.stateHash()).isNotEqualTo(hash).as("only the slot differs");
  }

  // R11: "a superseded one is refused for ever"

  @Test
  void supersededIncarnationIsRefusedForEver() {
    registered();
    apply(Script.register(F2, 1, F1));
    assertThat(only(Script.register(F1, 1, F2))).isEqualTo(new Result.Registered(F2));
    assertThat(only(Script.of(F1, 1).create("ann").entries()))
        .isEqualTo(new Result.UnknownClient());
  }

  @Test
  void supersededIncarnationCannotComeBackOnAnotherHost() {
    registered();
    apply(Script.register(F2, 1, F1));
    assertThat(only(Script.register(F1, 2, 0))).isEqualTo(new Result.Registered(0));
    assertThat(timeline.knows(F1)).isFalse();
  }

  @Test
  void anIncarnationSpeaksForOneHostOnly() {
    registered();
    assertThat(only(Script.register(F1, 2, 0))).isEqualTo(new Result.Registered(0));
    assertThat(timeline.currentIncarnation(1)).isEqualTo(F1);
  }

  // R11: "An unknown or expired client is refused, never treated as new"

  @Test
  void unknownClientIsRefused() {
    AppliedSlot applied = apply(Script.of(F1, 1).create("ann").entries());
    assertThat(applied.results()).containsExactly(new Result.UnknownClient());
    assertThat(timeline.users()).isEmpty();
    assertThat(applied.count()).isZero();
  }

  @Test
  void schedule19RegisterOfADeadPredecessorAppliedLateDoesNotComeThrough() {
    apply(Script.register(9, 1, 0));
    apply(Script.register(F2, 1, 9));
    assertThat(only(Script.register(F1, 1, 9))).isEqualTo(new Result.Registered(F2));
  }

  // R12: "an entry takes effect only if its number is last + 1 of its client"

  @Test
  void commandsTakeEffectInTheOrderOfTheirNumbers() {
    registered();
    AppliedSlot applied = apply(Script.of(F1, 1).create("ann").post("ann", "hi").entries());
    assertThat(applied.results())
        .containsExactly(new Result.Taken(Outcome.DONE, 1), new Result.Taken(Outcome.DONE, 2));
    assertThat(timeline.nextNumber(F1)).isEqualTo(3);
  }

  // R12: "A lower one returns the stored result"

  @Test
  void lowerNumberReturnsTheStoredResultAndChangesNothing() {
    registeredWithUsers("ann", "ann");
    AppliedSlot again = apply(Script.of(F1, 1).create("ann", "ann").entries());
    assertThat(again.results())
        .containsExactly(new Result.Doubled(Outcome.DONE), new Result.Doubled(Outcome.USER_EXISTS));
    assertThat(again.changes()).isEmpty();
    assertThat(again.count()).isZero();
    assertThat(timeline.outcome(F1, 2)).isEqualTo(Outcome.USER_EXISTS);
  }

  // R12: "a higher one is void (its sender sends again from last + 1)"

  @Test
  void higherNumberIsVoid() {
    registeredWithUsers("ann");
    assertThat(only(Script.of(F1, 3).post("ann", "early").entries()))
        .isEqualTo(new Result.VoidEntry(2));
    assertThat(only(Script.of(F1, 2).post("ann", "right").entries()))
        .isEqualTo(new Result.Taken(Outcome.DONE, 2));
  }

  @Test
  void numberThatNobodyCanHaveGivenIsVoid() {
    registered();
    for (long number : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(only(Script.of(F1, number).create("ann").entries()))
          .isEqualTo(new Result.VoidEntry(1));
    }
  }

  @Test
  void schedule1LaterBatchCommittedBeforeTheEarlierOneKeepsTheClientsOrder() {
    registeredWithUsers("ann");
    List<Entry> c1to3 =
        Script.of(F1, 2).post("ann", "c1").post("ann", "c2").post("ann", "c3").entries();
    List<Entry> c4to5 = Script.of(F1, 5).post("ann", "c4").post("ann", "c5").entries();
    assertThat(apply(c4to5).results()).containsOnly(new Result.VoidEntry(2));
    assertThat(apply(c1to3).firstIndex()).isEqualTo(2);
    assertThat(apply(c4to5).firstIndex()).isEqualTo(5);
    assertThat(timeline.appliedIndex()).isEqualTo(6);
    assertThat(timeline.posts()).isEqualTo(5);
  }

  @Test
  void clientsAreNumberedApart() {
    registered();
    apply(Script.register(F2, 2, 0));
    apply(Script.of(F1, 1).create("ann").entries());
    assertThat(only(Script.of(F2, 1).create("bob").entries()))
        .isEqualTo(new Result.Taken(Outcome.DONE, 2));
  }

  @Test
  void failedCommandUsesUpItsNumberButHasNoIndex() {
    registered();
    AppliedSlot applied = apply(Script.of(F1, 1).post("nobody", "x").create("ann").entries());
    assertThat(applied.results())
        .containsExactly(
            new Result.Taken(Outcome.INVALID_USER, 0), new Result.Taken(Outcome.DONE, 1));
    assertThat(timeline.nextNumber(F1)).isEqualTo(3);
  }

  @Test
  void keepsABoundedNumberOfOutcomesOtherThanDone() {
    registeredWithUsers("ann");
    int failures = Clients.OUTCOMES_MAX + 1;
    Script script = Script.of(F1, 2);
    for (int i = 0; i < failures; i++) {
      script.create("ann");
    }
    AppliedSlot applied = apply(script.entries());
    assertThat(applied.changes()).contains(new Change.OutcomeForgotten(F1, 2));
    assertThat(timeline.outcome(F1, 2)).isEqualTo(Outcome.DONE);
    assertThat(timeline.outcome(F1, 3)).isEqualTo(Outcome.USER_EXISTS);
    assertThat(timeline.outcome(F1, failures + 1)).isEqualTo(Outcome.USER_EXISTS);
  }

  @Test
  void outcomeOfANumberThatWasNeverTakenIsRefused() {
    registered();
    assertThatThrownBy(() -> timeline.outcome(F1, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  // R13: "An entry's index is given when it takes effect: doubles and voids get none"

  @Test
  void indexesHaveNoGapsWhateverElseIsInTheBatch() {
    registeredWithUsers("ann");
    List<Entry> batch = new ArrayList<>();
    batch.addAll(Script.of(F1, 1).create("ann").entries());
    batch.addAll(Script.of(F1, 2).post("ann", "one").entries());
    batch.addAll(Script.of(F1, 9).post("ann", "void").entries());
    batch.addAll(Script.register(F2, 2, 0));
    batch.addAll(Script.of(F3, 1).create("refused").entries());
    batch.addAll(Script.of(F1, 3).follow("ann", "ann").entries());
    batch.addAll(Script.of(F1, 4).create("bob").entries());
    AppliedSlot applied = apply(batch);
    assertThat(applied.firstIndex()).isEqualTo(2);
    assertThat(applied.count()).isEqualTo(2);
    assertThat(applied.lastIndex()).isEqualTo(3).isEqualTo(timeline.appliedIndex());
    assertThat(applied.ineffective()).containsExactly(0, 2, 3, 4, 5);
    assertThat(applied.authors()).containsExactly(0, -1);
    assertThat(applied.changes()).contains(new Change.UserCreated(1, "bob", 3));
  }

  @Test
  void slotWithoutEffectKeepsTheIndex() {
    registeredWithUsers("ann");
    AppliedSlot empty = apply(List.of());
    assertThat(empty.firstIndex()).isEqualTo(2);
    assertThat(empty.count()).isZero();
    assertThat(empty.lastIndex()).isEqualTo(1);
  }

  @Test
  void slotsAreAppliedInOrderOnly() {
    registered();
    assertThatThrownBy(() -> timeline.apply(1, List.of()))
        .hasMessage("slot 1 cannot be applied after slot 1");
    assertThatThrownBy(() -> timeline.apply(3, List.of())).hasMessageContaining("slot 3");
  }

  // What the commands mean

  @Test
  void usersAreListedInOrderOfCreation() {
    registeredWithUsers("cy", "ann", "bob", "ann");
    assertThat(timeline.users()).containsExactly("cy", "ann", "bob");
  }

  @Test
  void followHoldsSinceItsIndexAndFolloweesAreInOrderOfFollowing() {
    registeredWithUsers("ann", "bob", "cy");
    apply(Script.of(F1, 4).follow("ann", "cy").follow("ann", "bob").entries());
    assertThat(timeline.followees("ann")).containsExactly("cy", "bob");
    assertThat(timeline.followsSince("ann", "cy")).isEqualTo(4);
    assertThat(timeline.followsSince("ann", "bob")).isEqualTo(5);
    assertThat(timeline.followsSince("bob", "ann")).isZero();
  }

  @Test
  void followAgainCountsFromTheNewFollow() {
    registeredWithUsers("ann", "bob", "cy");
    apply(Script.of(F1, 4).follow("ann", "bob").follow("ann", "cy").entries());
    apply(Script.of(F1, 6).unfollow("ann", "bob").follow("ann", "bob").entries());
    assertThat(timeline.followees("ann")).containsExactly("cy", "bob");
    assertThat(timeline.followsSince("ann", "bob")).isEqualTo(7);
  }

  @Test
  void followAndUnfollowAreRefusedWithTheReason() {
    registeredWithUsers("ann", "bob");
    AppliedSlot applied =
        apply(
            Script.of(F1, 3)
                .follow("ann", "nobody")
                .follow("nobody", "ann")
                .follow("ann", "ann")
                .unfollow("ann", "ann")
                .unfollow("ann", "bob")
                .follow("ann", "bob")
                .follow("ann", "bob")
                .entries());
    assertThat(applied.results())
        .containsExactly(
            new Result.Taken(Outcome.INVALID_USER, 0),
            new Result.Taken(Outcome.INVALID_USER, 0),
            new Result.Taken(Outcome.INVALID_USER, 0),
            new Result.Taken(Outcome.INVALID_USER, 0),
            new Result.Taken(Outcome.NOT_FOLLOWING, 0),
            new Result.Taken(Outcome.DONE, 3),
            new Result.Taken(Outcome.ALREADY_FOLLOWING, 0));
  }

  @Test
  void anyNamesAndTextsAreTaken() {
    registeredWithUsers("", "\u0000", "ann\n", "\uD83D\uDE00");
    AppliedSlot applied = apply(Script.of(F1, 5).post("", "").entries());
    assertThat(applied.count()).isEqualTo(1);
  }

  // All replicas decide alike

  @Test
  void replicasWithTheSameSlotsHaveEqualResultsAndHashes() {
    Timeline other = new Timeline();
    RandomEntries random = new RandomEntries(new Random(7));
    for (long slot = 1; slot <= 300; slot++) {
      List<Entry> entries = random.batch(timeline);
      assertThat(other.apply(slot, entries)).isEqualTo(timeline.apply(slot, entries));
      assertThat(other.stateHash()).isEqualTo(timeline.stateHash());
    }
  }

  @Test
  void hashTellsStatesApart() {
    registeredWithUsers("ann", "bob");
    Timeline other = new Timeline();
    other.apply(1, Script.register(F1, 1, 0));
    other.apply(2, Script.of(F1, 1).create("bob", "ann").entries());
    assertThat(other.stateHash()).isNotEqualTo(timeline.stateHash());
  }

  @Test
  void stateMadeAgainOfItsChangesIsTheSame() {
    RandomEntries random = new RandomEntries(new Random(8));
    StateModel stored = new StateModel();
    for (int i = 0; i < 400; i++) {
      AppliedSlot applied = apply(random.batch(timeline));
      stored.write(applied.changes());
    }
    Timeline again =
        new Timeline(
            timeline.appliedSlot(), timeline.appliedIndex(), timeline.posts(), stored.state());
    assertThat(again.stateHash()).isEqualTo(timeline.stateHash());
    assertThat(again.users()).isEqualTo(timeline.users());
    for (String user : timeline.users()) {
      assertThat(again.followees(user)).isEqualTo(timeline.followees(user));
    }
    List<Entry> next = random.batch(timeline);
    assertThat(again.apply(again.appliedSlot() + 1, next)).isEqualTo(apply(next));
  }
}
