package parley.frontend.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.proto.store.Entries;
import parley.proto.store.Entry;

/** Commands are neither lost nor doubled nor reordered, and lanes get their share (R11, R12). */
class CommandOutboxTest {
  private static final int BYTES_MAX = 4_096;

  private final List<Runnable> timers = new ArrayList<>();
  private final CommandOutbox outbox =
      new CommandOutbox(5, BYTES_MAX, (delayMs, task) -> timers.add(task));

  private static Command.Post post(String author, int number) {
    return new Command.Post(author, Integer.toString(number), 0, 0, false);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverBecomesOfLinesAndPrimariesEachCommandTakesEffectOnceInItsLanesOrder(long seed) {
    Random random = new Random(seed);
    FaultyPrimary primary = new FaultyPrimary(random);
    Map<String, Integer> sent = new LinkedHashMap<>();
    Map<String, List<String>> answered = new HashMap<>();
    Map<String, Lane> lanes = new LinkedHashMap<>();
    for (String name : List.of("a", "b", "c", "d")) {
      sent.put(name, 0);
      answered.put(name, new ArrayList<>());
      lanes.put(
          name,
          outbox.lane(
              (command, outcome) -> answered.get(name).add(((Command.Post) command).text())));
    }
    for (int step = 0; step < 4_000; step++) {
      if (step < 2_000) {
        String name =
            random.nextBoolean() ? "a" : List.copyOf(sent.keySet()).get(random.nextInt(4));
        for (int i = random.nextInt(30); i > 0; i--) {
          lanes.get(name).add(post(name, sent.merge(name, 1, Integer::sum)));
        }
      }
      outbox.flush();
      primary.step(step < 3_000);
      if (random.nextInt(4) == 0) {
        List.copyOf(timers).forEach(Runnable::run);
        timers.clear();
      }
    }
    for (String name : sent.keySet()) {
      List<String> all =
          IntStream.rangeClosed(1, sent.get(name)).mapToObj(Integer::toString).toList();
      assertThat(answered.get(name)).isEqualTo(all);
      assertThat(primary.effects.get(name)).isEqualTo(all);
    }
  }

  @Test
  void floodingLaneDoesNotDelayTheOthersByMoreThanTheirTurn() {
    Recorder line = new Recorder();
    Lane flood = outbox.lane((command, outcome) -> {});
    IntStream.range(0, 10_000).forEach(i -> flood.add(post("flood", i)));
    Lane join = outbox.lane((command, outcome) -> {});
    join.add(new Command.Follow("someone", "other"));
    outbox.onLineOpen(line);
    outbox.flush();
    assertThat(line.entries(0).get(1).hasFollow()).as("second in the first chunk").isTrue();
  }

  @Test
  void chunksAndWhatIsInFlightAreBounded() {
    Recorder line = new Recorder();
    Lane lane = outbox.lane((command, outcome) -> {});
    IntStream.range(0, 10_000).forEach(i -> lane.add(post("a", i)));
    outbox.onLineOpen(line);
    outbox.flush();
    outbox.flush();
    assertThat(line.chunks).hasSize(CommandOutbox.FLIGHT_CHUNKS);
    assertThat(line.chunks.stream().mapToInt(Chunk::count).sum())
        .isLessThanOrEqualTo(CommandOutbox.FLIGHT_COMMANDS);
    assertThat(line.chunks)
        .allMatch(chunk -> chunk.entries().size() <= BYTES_MAX)
        .allMatch(chunk -> chunk.count() <= CommandOutbox.CHUNK_COMMANDS);
  }

  @Test
  void nothingIsSentToALineThatIsNotReady() {
    Recorder line = new Recorder();
    line.ready = false;
    outbox.lane((command, outcome) -> {}).add(post("a", 1));
    outbox.onLineOpen(line);
    outbox.flush();
    assertThat(line.chunks).isEmpty();
    line.ready = true;
    outbox.flush();
    assertThat(line.chunks).hasSize(1);
  }

  @Test
  void oneResendAtATimeAndWholeChunksUnderTheSameNumbers() {
    Recorder line = new Recorder();
    Lane lane = outbox.lane((command, outcome) -> {});
    outbox.onLineOpen(line);
    for (int i = 0; i < 3; i++) {
      lane.add(post("a", i));
      outbox.flush();
    }
    outbox.onResend(1, 1);
    outbox.flush();
    assertThat(line.chunks).as("two are still to be refused").hasSize(3);
    outbox.onResend(2, 1);
    outbox.onResend(3, 1);
    timers.forEach(Runnable::run);
    outbox.flush();
    assertThat(line.chunks.stream().map(Chunk::firstNumber))
        .containsExactly(1L, 2L, 3L, 1L, 2L, 3L);
  }

  @Test
  void withdrawnCommandsAreNotSentUnlessTheyHaveANumber() {
    Recorder line = new Recorder();
    Lane gone = outbox.lane((command, outcome) -> {});
    Lane stays = outbox.lane((command, outcome) -> {});
    gone.add(post("gone", 1));
    stays.add(post("stays", 1));
    gone.withdraw();
    outbox.onLineOpen(line);
    outbox.flush();
    assertThat(line.entries(0)).extracting(e -> e.getPost().getAuthor()).containsExactly("stays");
  }

  @Test
  void answersThatCannotBeEndTheLine() {
    Recorder line = new Recorder();
    outbox.lane((command, outcome) -> {}).add(post("a", 1));
    outbox.onLineOpen(line);
    outbox.flush();
    outbox.onResults(2, List.of(Outcome.DONE));
    outbox.onResend(1, 3);
    assertThat(line.rejections).hasSize(2);
  }

  /** A line that remembers what was sent. */
  private static class Recorder implements SubmitLine {
    final List<Chunk> chunks = new ArrayList<>();
    final List<String> rejections = new ArrayList<>();
    boolean ready = true;

    List<Entry> entries(int chunk) {
      return decode(chunks.get(chunk));
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void submit(Chunk chunk, long acknowledgedNumber) {
      chunks.add(chunk);
    }

    @Override
    public void reject(String why) {
      rejections.add(why);
    }
  }

  private static List<Entry> decode(Chunk chunk) {
    try {
      return Entries.parseFrom(chunk.entries()).getEntriesList();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** Primaries that forget, answer late or never, and end lines; the log behind them is one. */
  private final class FaultyPrimary {
    final Map<String, List<String>> effects = new HashMap<>();
    private final Random random;
    private final ArrayDeque<Chunk> pipeline = new ArrayDeque<>();
    private final ArrayDeque<Runnable> answers = new ArrayDeque<>();
    private boolean open;
    private long last;
    private long watermark;

    FaultyPrimary(Random random) {
      this.random = random;
    }

    void step(boolean faults) {
      if (!open) {
        if (random.nextInt(3) == 0) {
          open = true;
          outbox.onLineOpen(new Line());
        }
        return;
      }
      int action = random.nextInt(faults ? 40 : 30);
      if (action < 15 && !pipeline.isEmpty()) {
        apply(pipeline.poll());
      } else if (action < 30 && !answers.isEmpty()) {
        answers.poll().run();
      } else if (action == 38 && !pipeline.isEmpty() && pipeline.peek().firstNumber() > last) {
        Chunk lost = pipeline.poll();
        answers.add(() -> outbox.onResend(lost.firstNumber(), last + 1));
      } else if (action == 39) {
        open = false;
        outbox.onLineClosed();
        answers.clear();
        // Some of what was under way is committed by the next primary, some is not.
        while (!pipeline.isEmpty() && random.nextBoolean()) {
          apply(pipeline.poll());
        }
        answers.clear();
        pipeline.clear();
      }
    }

    private void apply(Chunk chunk) {
      if (chunk.firstNumber() > last + 1) {
        answers.add(() -> outbox.onResend(chunk.firstNumber(), last + 1));
        return;
      }
      for (Entry entry : decode(chunk)) {
        if (entry.getNumber() == last + 1) {
          last++;
          effects
              .computeIfAbsent(entry.getPost().getAuthor(), name -> new ArrayList<>())
              .add(entry.getPost().getText());
        }
      }
      answers.add(
          () ->
              outbox.onResults(
                  chunk.firstNumber(), Collections.nCopies(chunk.count(), Outcome.DONE)));
    }

    private final class Line implements SubmitLine {
      @Override
      public boolean isReady() {
        return random.nextInt(5) > 0;
      }

      @Override
      public void submit(Chunk chunk, long acknowledgedNumber) {
        assertThat(acknowledgedNumber).isBetween(watermark, last);
        watermark = acknowledgedNumber;
        pipeline.add(chunk);
      }

      @Override
      public void reject(String why) {
        throw new AssertionError(why);
      }
    }
  }
}
