package parley.timelineservice.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.timelineservice.storage.JournalScript.Contents;
import parley.timelineservice.storage.faults.LossyDisk;

/** A damaged file is told from a whole one at the start, in one line that says what to do. */
class DamagedFileTest {

  private static final int STEPS = 60;
  private static final int TRIES = 150;
  private static final String DATABASE = "timeline.mv.db";
  private static final String WATERMARK = "timeline.acknowledged";

  @TempDir Path folder;

  private Map<String, byte[]> whole;
  private Contents contents;
  private int mounts;

  /** What became of a damaged file. */
  private enum Verdict {
    NOTHING_LOST,
    RECOGNISED,
    SILENTLY_LOST
  }

  @BeforeEach
  void write() {
    try (LossyDisk disk = mount(Map.of())) {
      JournalScript script = JournalScript.after(5, 0);
      try (Journal journal = open(disk)) {
        while (script.steps() < STEPS) {
          script.next().writeTo(journal);
        }
      }
      contents = script.contents();
      whole = disk.files();
    }
  }

  @Test
  void damageIsRecognisedOrHasTouchedNothing() {
    Map<Verdict, Integer> verdicts = damageAtRandom(true);
    assertThat(verdicts).doesNotContainKey(Verdict.SILENTLY_LOST);
    assertThat(verdicts).containsKeys(Verdict.RECOGNISED, Verdict.NOTHING_LOST);
  }

  @Test
  void withoutTheWatermarkAnOlderVersionMayBeTakenForTheNewest() {
    assertThat(damageAtRandom(false)).containsKey(Verdict.SILENTLY_LOST);
  }

  @Test
  void fileThatLostItsEndIsRecognised() {
    JournalScript script = JournalScript.after(5, STEPS);
    Map<String, byte[]> newer;
    try (LossyDisk disk = mount(whole)) {
      try (Journal journal = open(disk)) {
        script.next().writeTo(journal);
      }
      newer = disk.files();
    }
    Map<String, byte[]> mixed = new TreeMap<>(whole);
    mixed.put(WATERMARK, newer.get(WATERMARK));
    assertThat(message(mixed)).contains("newest writes are lost", "move its folder away");
  }

  @Test
  void diskThatCannotBeReadIsRecognised() {
    try (LossyDisk disk = mount(whole)) {
      disk.failReads();
      assertThat(failure(disk).getMessage()).doesNotContain("\n").contains("cannot be read");
    }
  }

  private Map<Verdict, Integer> damageAtRandom(boolean watermark) {
    Map<Verdict, Integer> verdicts = new TreeMap<>();
    for (int seed = 0; seed < TRIES; seed++) {
      Map<String, byte[]> files = new TreeMap<>(whole);
      files.put(DATABASE, damaged(whole.get(DATABASE), new Random(seed)));
      if (!watermark) {
        files.remove(WATERMARK);
      }
      verdicts.merge(verdict(files, seed), 1, Integer::sum);
    }
    return verdicts;
  }

  private static byte[] damaged(byte[] file, Random random) {
    byte[] bytes = file.clone();
    int from = random.nextInt(bytes.length);
    switch (random.nextInt(5)) {
      case 0 -> bytes[from] ^= (byte) (1 << random.nextInt(8));
      case 1 -> {
        return Arrays.copyOf(bytes, from);
      }
      case 2 -> Arrays.fill(bytes, from & -4096, (from & -4096) + 4096, (byte) 0);
      case 3 -> {
        byte[] garbage = new byte[Math.min(512 * (1 + random.nextInt(64)), bytes.length - from)];
        random.nextBytes(garbage);
        System.arraycopy(garbage, 0, bytes, from, garbage.length);
      }
      default -> Arrays.fill(bytes, 0, 2 * 4096, (byte) 'x');
    }
    return bytes;
  }

  private Verdict verdict(Map<String, byte[]> files, int seed) {
    try (LossyDisk disk = mount(files);
        Journal journal = open(disk)) {
      return Contents.of(journal).equals(contents) ? Verdict.NOTHING_LOST : Verdict.SILENTLY_LOST;
    } catch (StorageFailure e) {
      assertThat(e.getMessage())
          .as("seed %d", seed)
          .doesNotContain("\n")
          .contains("move its folder away and start again");
      return Verdict.RECOGNISED;
    }
  }

  private String message(Map<String, byte[]> files) {
    try (LossyDisk disk = mount(files)) {
      return failure(disk).getMessage();
    }
  }

  private static StorageFailure failure(LossyDisk disk) {
    try (Journal journal = open(disk)) {
      throw new AssertionError("opened, with " + journal.durableState());
    } catch (StorageFailure e) {
      return e;
    }
  }

  private LossyDisk mount(Map<String, byte[]> files) {
    return LossyDisk.mount(folder.resolve("disk" + mounts++), files);
  }

  private static Journal open(LossyDisk disk) {
    DatabaseFile file =
        new DatabaseFile(
            disk.folder(), CheckedPath.PREFIX + LossyDisk.SCHEME + ":", DatabaseFile.OPTIONS);
    return Journal.open(file, () -> JournalScript.INCARNATION, 30);
  }
}
