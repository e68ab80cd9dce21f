package parley.timelineservice.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.Timeline;

/** What a process was told is durable survives its being killed at any moment. */
class KilledWriterTest {

  private static final int KILLS = 4;

  @TempDir Path folder;

  private final Random random = new Random();

  @Test
  void nothingReportedDurableIsLostWhenTheWriterIsKilled() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      long durable = runAndKill();
      verify(durable);
    }
  }

  /** Returns the last slot that the process told of. */
  private long runAndKill() throws IOException, InterruptedException {
    Path told = Files.createTempFile(folder, "told", ".txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SyncingWriter.class.getName(),
                folder.resolve("timeline").toString())
            .redirectOutput(told.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      int enough = 20 + random.nextInt(150);
      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofMinutes(1))
          .until(() -> !process.isAlive() || slots(told).size() >= enough);
      assertThat(process.isAlive()).as("it writes until it is killed").isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    List<Long> slots = slots(told);
    return slots.get(slots.size() - 1);
  }

  /** Whole lines only: the last one may be cut off. */
  private static List<Long> slots(Path told) throws IOException {
    String text = Files.readString(told);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Long::valueOf).toList();
  }

  private void verify(long durable) {
    try (TestReplica replica =
        new TestReplica(folder.resolve("timeline"), SyncingWriter.POSTS_PER_SEGMENT)) {
      long committed = replica.journal.durableState().committedSlot();
      assertThat(committed).isGreaterThanOrEqualTo(durable);
      List<AcceptedBatch> rows = replica.journal.committed(1, Integer.MAX_VALUE);
      assertThat(rows).hasSize(Math.toIntExact(committed));
      Timeline model = new Timeline();
      DumbTimeline commands = new DumbTimeline();
      for (AcceptedBatch row : rows) {
        List<Entry> expected = SyncingWriter.batch(row.slot(), model);
        assertThat(EntryCodec.decode(row.batch().bytes())).isEqualTo(expected);
        commands.applied(model.apply(row.slot(), expected), expected);
      }
      assertThat(replica.timeline.stateHash()).isEqualTo(model.stateHash());
      assertThat(replica.reads.totals().posts()).isEqualTo(commands.posts());
      assertThat(replica.reads.appliedIndex()).isEqualTo(commands.commands.size());
    }
  }
}
