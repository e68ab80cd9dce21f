package parley.timelineservice.primary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.timelineservice.primary.FromFrontend.Hello;
import parley.timelineservice.primary.FromFrontend.Submit;
import parley.timelineservice.primary.Intake.Joined;
import parley.timelineservice.primary.ToFrontend.Registered;
import parley.timelineservice.primary.ToFrontend.Resend;
import parley.timelineservice.primary.ToFrontend.Submitted;
import parley.timelineservice.primary.ToFrontend.UnknownClient;
import parley.timelineservice.timeline.Outcome;

class IntakeTest {

  private static final int BATCH_MAX = 40;
  private static final long LINE_MAX = 200;
  private static final long F1 = 1001;
  private static final long F2 = 1002;

  private final Map<Long, Long> lastNumbers = new HashMap<>(Map.of(F1, 0L, F2, 0L));
  private final RecordingLine one = new RecordingLine("frontend 1");
  private final RecordingLine two = new RecordingLine("frontend 2");
  private final Intake intake =
      new Intake(
          new Intake.ClientNumbers() {
            @Override
            public long next(long client) {
              return lastNumbers.get(client) + 1;
            }

            @Override
            public boolean knows(long client) {
              return lastNumbers.containsKey(client);
            }
          },
          (host, incarnation, replaces) ->
              ("[" + host + "," + incarnation + "," + replaces + "]").getBytes(UTF_8),
          BATCH_MAX,
          LINE_MAX);
  private long index;

  @BeforeEach
  void openLines() {
    intake.opened(one);
    intake.opened(two);
  }

  private static Submit submit(long client, long first, int count, String text) {
    return new Submit(client, first, count, text.getBytes(UTF_8), 0);
  }

  private Joined batch() {
    return intake.nextBatch().orElseThrow();
  }

  private static String text(Joined joined) {
    return new String(joined.bytes(), UTF_8);
  }

  private void apply(long client, long... numbers) {
    for (long number : numbers) {
      lastNumbers.put(client, number);
      intake.onApplied(client, number, Outcome.DONE, ++index);
    }
  }

  private static List<Outcome> done(int count) {
    return Collections.nCopies(count, Outcome.DONE);
  }

  @Test
  void waitingSubmitsAreJoinedWholeAndAnsweredOneByOne() {
    intake.onSubmit(one, submit(F1, 1, 2, "ab"));
    intake.onSubmit(one, submit(F1, 3, 1, "c"));
    Joined joined = batch();
    assertThat(text(joined)).isEqualTo("abc");
    assertThat(joined.count()).isEqualTo(3);
    assertThat(joined.parts())
        .containsExactly(new Intake.Part(one, F1, 1, 2), new Intake.Part(one, F1, 3, 1));
    assertThat(intake.nextBatch()).isEmpty();

    apply(F1, 1);
    assertThat(one.heard()).isEmpty();
    apply(F1, 2, 3);
    assertThat(one.heard())
        .containsExactly(new Submitted(1, done(2), 2), new Submitted(3, done(1), 3));
  }

  @Test
  void outcomesKeepTheOrderOfNumbersAndTheLastIndexIsOfTheLastEffect() {
    intake.onSubmit(one, submit(F1, 1, 3, "abc"));
    batch();
    intake.onApplied(F1, 1, Outcome.USER_EXISTS, 0);
    intake.onApplied(F1, 2, Outcome.DONE, 17);
    intake.onApplied(F1, 3, Outcome.INVALID_USER, 0);
    assertThat(one.heard())
        .containsExactly(
            new Submitted(1, List.of(Outcome.USER_EXISTS, Outcome.DONE, Outcome.INVALID_USER), 17));
  }

  @Test
  void whatIsNotNextForItsClientIsRefusedAtIntakeAndNamesTheNextNumber() {
    lastNumbers.put(F1, 4L);
    intake.onSubmit(one, submit(F1, 6, 2, "xx"));
    assertThat(one.heard()).containsExactly(new Resend(6, 5));
    intake.onSubmit(one, submit(F1, 5, 2, "ab"));
    intake.onSubmit(one, submit(F1, 8, 1, "x"));
    assertThat(one.heard()).containsExactly(new Resend(8, 7));
    assertThat(text(batch())).isEqualTo("ab");
  }

  @Test
  void unknownClientIsRefusedNeverTreatedAsNew() {
    intake.onSubmit(one, submit(77, 1, 1, "a"));
    assertThat(one.heard()).containsExactly(new UnknownClient(1));
    assertThat(intake.nextBatch()).isEmpty();
  }

  @Test
  void clientThatIsSupersededWhileItsSubmitIsUnderWayIsToldSo() {
    intake.onSubmit(one, submit(F1, 1, 2, "ab"));
    batch();
    intake.onUnknownClient(F1, 1);
    intake.onUnknownClient(F1, 2);
    assertThat(one.heard()).containsExactly(new UnknownClient(1));
  }

  @Test
  void batchesAreBoundedAndNeverSplitASubmit() {
    intake.onSubmit(one, submit(F1, 1, 1, "a".repeat(25)));
    intake.onSubmit(one, submit(F1, 2, 1, "b".repeat(15)));
    intake.onSubmit(one, submit(F1, 3, 1, "c"));
    assertThat(text(batch())).isEqualTo("a".repeat(25) + "b".repeat(15));
    assertThat(text(batch())).isEqualTo("c");
  }

  @Test
  void floodOnOneLineDoesNotStarveAnother() {
    for (int number = 1; number <= 18; number++) {
      intake.onSubmit(one, submit(F1, number, 1, "f".repeat(10)));
    }
    intake.onSubmit(two, submit(F2, 1, 1, "s".repeat(10)));
    intake.onSubmit(two, submit(F2, 2, 1, "t".repeat(10)));
    assertThat(text(batch()))
        .isEqualTo("f".repeat(10) + "s".repeat(10) + "f".repeat(10) + "t".repeat(10));
  }

  @Test
  void submitThatComesAgainWhileUnderWayIsNotQueuedTwiceAndAnsweredOnTheNewestLine() {
    intake.onSubmit(one, submit(F1, 1, 2, "ab"));
    batch();
    RecordingLine newest = new RecordingLine("frontend 1 again");
    intake.closed(one);
    intake.opened(newest);
    intake.onSubmit(newest, submit(F1, 1, 2, "ab"));
    assertThat(intake.nextBatch()).isEmpty();
    apply(F1, 1, 2);
    assertThat(newest.heard()).containsExactly(new Submitted(1, done(2), 2));
    assertThat(one.heard()).isEmpty();
  }

  @Test
  void answersOnANewLineComeInOrderThoughTheFirstOneWasGivenOnTheOld() {
    intake.onSubmit(one, submit(F1, 1, 1, "a"));
    intake.onSubmit(one, submit(F1, 2, 1, "b"));
    batch();
    apply(F1, 1);
    intake.onSubmit(two, submit(F1, 1, 1, "a"));
    intake.onSubmit(two, submit(F1, 2, 1, "b"));
    assertThat(text(batch())).isEqualTo("ab");
    apply(F1, 2);
    assertThat(two.heard()).isEmpty();
    intake.onApplied(F1, 1, Outcome.DONE, 1);
    intake.onApplied(F1, 2, Outcome.DONE, 2);
    assertThat(two.heard())
        .containsExactly(new Submitted(1, done(1), 1), new Submitted(2, done(1), 2));
  }

  @Test
  void clientThatChangesItsLineKeepsItsOrder() {
    intake.onSubmit(one, submit(F1, 1, 1, "a"));
    intake.onSubmit(one, submit(F1, 2, 1, "b"));
    intake.onSubmit(two, submit(F1, 1, 1, "a"));
    intake.onSubmit(two, submit(F1, 2, 1, "b"));
    intake.onSubmit(two, submit(F1, 3, 1, "c"));
    intake.closed(one);
    assertThat(text(batch())).isEqualTo("abc");
    apply(F1, 1, 2, 3);
    assertThat(two.heard()).hasSize(3);
    assertThat(one.heard()).isEmpty();
  }

  @Test
  void whatWasTakenStaysTakenWhenItsLineBreaks() {
    intake.onSubmit(one, submit(F1, 1, 1, "a"));
    intake.closed(one);
    assertThat(text(batch())).isEqualTo("a");
    apply(F1, 1);
    assertThat(one.heard()).isEmpty();
  }

  @Test
  void submitWhoseNumbersAreAppliedAlreadyIsAnsweredWithTheStoredResults() {
    lastNumbers.put(F1, 3L);
    intake.onSubmit(one, submit(F1, 2, 2, "bc"));
    assertThat(text(batch())).isEqualTo("bc");
    intake.onApplied(F1, 2, Outcome.DONE, 12);
    intake.onApplied(F1, 3, Outcome.USER_EXISTS, 0);
    assertThat(one.heard())
        .containsExactly(new Submitted(2, List.of(Outcome.DONE, Outcome.USER_EXISTS), 12));
  }

  @Test
  void copyWithOtherBoundsIsAppliedAgainAsADouble() {
    intake.onSubmit(one, submit(F1, 1, 2, "ab"));
    intake.onSubmit(one, submit(F1, 1, 3, "abc"));
    assertThat(text(batch())).isEqualTo("ababc");
    apply(F1, 1, 2);
    assertThat(one.heard()).containsExactly(new Submitted(1, done(2), 2));
    intake.onApplied(F1, 1, Outcome.DONE, 1);
    intake.onApplied(F1, 2, Outcome.DONE, 2);
    apply(F1, 3);
    assertThat(one.heard()).containsExactly(new Submitted(1, done(3), 3));
  }

  @Test
  void voidIsAnsweredByTheNumberToSendAgainFrom() {
    intake.onSubmit(one, submit(F1, 1, 2, "ab"));
    batch();
    intake.onVoid(F1, 1);
    intake.onVoid(F1, 2);
    assertThat(one.heard()).containsExactly(new Resend(1, 1));
    intake.onSubmit(one, submit(F1, 3, 1, "c"));
    assertThat(one.heard()).containsExactly(new Resend(3, 1));
    intake.onSubmit(one, submit(F1, 1, 2, "ab"));
    assertThat(text(batch())).isEqualTo("ab");
  }

  @Test
  void resultsOfOtherPrimariesBatchesAreNobodysAnswers() {
    intake.onSubmit(one, submit(F1, 1, 1, "a"));
    intake.onApplied(F1, 1, Outcome.DONE, 1);
    intake.onApplied(F2, 9, Outcome.DONE, 2);
    intake.onRegistered(5, 5);
    assertThat(one.heard()).isEmpty();
  }

  @Test
  void registerGoesThroughTheLogAndIsAnsweredWhenApplied() {
    intake.onHello(one, new Hello(1, 2001, List.of(), true, true, F1));
    intake.onHello(two, new Hello(2, 2002, List.of(), true, false, 0));
    Joined joined = batch();
    assertThat(text(joined)).isEqualTo("[1,2001,1001]");
    assertThat(joined.parts()).containsExactly(new Intake.Part(one, 2001, 0, 1));
    assertThat(intake.nextBatch()).isEmpty();
    assertThat(one.heard()).isEmpty();
    intake.onRegistered(2001, 2001);
    assertThat(one.heard()).containsExactly(new Registered(2001));
  }

  @Test
  void lineWithTooMuchWaitingIsClosedWithAClearReason() {
    for (int number = 1; number <= 5; number++) {
      intake.onSubmit(one, submit(F1, number, 1, "x".repeat(40)));
    }
    assertThat(one.closed()).isNull();
    intake.onSubmit(one, submit(F1, 6, 1, "x"));
    assertThat(one.closed()).contains("more than 200 bytes");
    intake.onSubmit(one, submit(F1, 7, 1, "x"));
    assertThat(intake.waitingBytes()).isEqualTo(201);
    assertThat(intake.waiting()).isEqualTo(6);
  }

  @Test
  void senselessOrOversizedSubmitClosesItsLine() {
    intake.onSubmit(one, submit(F1, 1, 1, "x".repeat(BATCH_MAX + 1)));
    assertThat(one.closed()).contains("41 bytes").contains("batch.bytes.max");
    intake.onSubmit(two, submit(F2, 0, 1, "x"));
    assertThat(two.closed()).contains("from number 0");
    assertThat(intake.nextBatch()).isEmpty();
  }

  @Test
  void clearForgetsEverythingButTheLines() {
    intake.onSubmit(one, submit(F1, 1, 1, "a"));
    intake.onHello(one, new Hello(1, 2001, List.of(), true, true, 0));
    batch();
    intake.onSubmit(one, submit(F1, 2, 1, "b"));
    intake.clear();
    assertThat(intake.nextBatch()).isEmpty();
    assertThat(intake.waitingBytes()).isZero();
    assertThat(intake.waiting()).isZero();
    apply(F1, 1);
    intake.onRegistered(2001, 2001);
    assertThat(one.heard()).isEmpty();
    intake.onSubmit(one, submit(F1, 2, 1, "b"));
    assertThat(text(batch())).isEqualTo("b");
  }

  @Test
  void manyLinesShareEachBatch() {
    List<Long> clients = LongStream.rangeClosed(1, 4).boxed().toList();
    List<RecordingLine> lines = new ArrayList<>();
    for (long client : clients) {
      lastNumbers.put(client, 0L);
      RecordingLine line = new RecordingLine("line " + client);
      intake.opened(line);
      lines.add(line);
      for (int number = 1; number <= 10; number++) {
        intake.onSubmit(line, submit(client, number, 1, "0123456789"));
      }
    }
    Optional<Joined> batch = intake.nextBatch();
    for (; batch.isPresent(); batch = intake.nextBatch()) {
      assertThat(batch.get().parts()).extracting(Intake.Part::client).containsAll(clients);
    }
  }
}
