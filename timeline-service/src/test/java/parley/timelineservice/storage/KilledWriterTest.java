package parley.timelineservice.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process told is durable survives kill -9 at any moment, its opening included: each process
 * checks what the one before it left.
 */
class KilledWriterTest {

  private static final int KILLS = Integer.getInteger("parley.kills", 8);
  private static final int KILLS_PER_FILE = 25;
  private static final int OPENING_MS_MAX = 1_500;
  private static final int STEPS_MAX = 60;

  @TempDir Path folder;

  private final long seed = Long.getLong("parley.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @Test
  void nothingToldToBeDurableIsLostWhenTheWriterIsKilled() throws Exception {
    int checked = 0;
    int told = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int file = kill / KILLS_PER_FILE;
      told = kill % KILLS_PER_FILE == 0 ? 0 : told;
      List<String> lines = runAndKill(folder.resolve("timeline" + file), seed + file, told);
      if (!lines.isEmpty()) {
        assertThat(lines.get(0))
            .as("kill %d of seed %d, after step %d", kill, seed, told)
            .startsWith(SyncingWriter.FOUND);
        String last = lines.get(lines.size() - 1);
        told = Integer.parseInt(last.replace(SyncingWriter.FOUND, ""));
        checked++;
      }
    }
    System.out.printf("Seed %d: %d kills, %d checked starts%n", seed, KILLS, checked);
    assertThat(checked).as("processes that came so far as to check").isGreaterThan(KILLS / 4);
  }

  /** Returns all whole lines that the process printed. */
  private List<String> runAndKill(Path data, long script, int told) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SyncingWriter.class.getName(),
                data.toString(),
                Long.toString(script),
                Integer.toString(told))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      if (random.nextInt(4) == 0) {
        boolean ended = process.waitFor(random.nextInt(OPENING_MS_MAX), TimeUnit.MILLISECONDS);
        assertThat(ended).as("it writes until it is killed").isFalse();
      } else {
        readLines(out, 1 + random.nextInt(STEPS_MAX), lines);
      }
      process.toHandle().destroyForcibly();
      process.waitFor();
      readLines(out, Integer.MAX_VALUE, lines);
    } finally {
      process.destroyForcibly().waitFor();
    }
    return lines;
  }

  /** Leaves out what the kill cut off in the middle of a line. */
  private static void readLines(BufferedReader out, int max, List<String> into) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = 0; read < max; ) {
      int c = out.read();
      if (c < 0) {
        return;
      } else if (c == '\n') {
        into.add(line.toString());
        line.setLength(0);
        read++;
      } else {
        line.append((char) c);
      }
    }
  }
}
