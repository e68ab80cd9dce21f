package parley.timelineservice.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Processes that write a journal, one after the other, and are killed at random moments, their
 * opening included: each checks what the one before it left.
 */
final class KilledWriters {

  /** Then a new file is begun, so that opening does not come to take most of the time. */
  private static final int KILLS_PER_FILE = 25;

  private static final int OPENING_MS_MAX = 1_500;
  private static final int STEPS_MAX = 60;

  private final Path root;
  private final long seed;
  private final Random random;
  private int kills;
  private int checked;
  private int oneMore;
  private long steps;
  private int told;

  /**
   * @param root an existing folder; the newest file stays in it
   * @param seed for what is written, and when to kill
   */
  KilledWriters(Path root, long seed) {
    this.root = root;
    this.seed = seed;
    random = new Random(seed);
  }

  int kills() {
    return kills;
  }

  /** How many of the killed processes had come so far as to check what they found. */
  int checked() {
    return checked;
  }

  @Override
  public String toString() {
    return "seed %d: %,d kills, %,d checked starts, of which %,d had one step more than was told; %,d steps"
        .formatted(seed, kills, checked, oneMore, steps);
  }

  /**
   * Starts the next process and kills it.
   *
   * @throws AssertionError if it misses anything that was told to be durable
   */
  void killNext() throws IOException, InterruptedException {
    int file = kills / KILLS_PER_FILE;
    Path data = root.resolve("timeline" + file);
    if (kills % KILLS_PER_FILE == 0) {
      told = 0;
      if (file > 0) {
        delete(root.resolve("timeline" + (file - 1)));
      }
    }
    List<String> lines = runAndKill(data, seed + file);
    kills++;
    if (!lines.isEmpty()) {
      check(lines.get(0), data);
      int last = number(lines.get(lines.size() - 1));
      steps += last - told;
      told = last;
      checked++;
    }
  }

  private void check(String found, Path data) {
    if (!found.startsWith(SyncingWriter.FOUND)) {
      throw new AssertionError(
          "kill %d of seed %d, after step %d, in %s: %s".formatted(kills, seed, told, data, found));
    }
    if (number(found) > told) {
      oneMore++;
    }
  }

  private static int number(String line) {
    return Integer.parseInt(line.replace(SyncingWriter.FOUND, ""));
  }

  /** Returns all whole lines that the process printed. */
  private List<String> runAndKill(Path data, long script) throws IOException, InterruptedException {
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
        if (process.waitFor(random.nextInt(OPENING_MS_MAX), TimeUnit.MILLISECONDS)) {
          throw new AssertionError("kill %d of seed %d: it ended by itself".formatted(kills, seed));
        }
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

  /** Files only: that is all a data folder holds. */
  private static void delete(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(data);
  }
}
