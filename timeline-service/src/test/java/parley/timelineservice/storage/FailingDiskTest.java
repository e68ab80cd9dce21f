package parley.timelineservice.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.storage.JournalScript.Contents;
import parley.timelineservice.storage.faults.LossyDisk;
import parley.timelineservice.storage.faults.Operation;

/**
 * On a disk that is full or fails, write says so and returns for nothing more; after a restart all
 * that it had returned for is there, and writing goes on.
 */
class FailingDiskTest {

  private static final int STEPS_BEFORE = 20;

  @TempDir Path folder;

  @Test
  void fullDiskIsSaidAndAfterARestartWithSpaceEverythingIsThere() {
    String message = failAndRestart(disk -> disk.limitTo(disk.used() + 40_000));
    assertThat(message).contains("no space is left on the disk of", "free some and start again");
  }

  @Test
  void failingDiskIsSaidAndAfterARestartEverythingIsThere() {
    assertThat(failAndRestart(LossyDisk::failWrites)).contains("could not be written");
  }

  @Test
  void writeHasSyncedEverythingWhenItReturns() {
    try (LossyDisk disk = mount("synced", Map.of());
        Journal journal = open(disk)) {
      JournalScript script = JournalScript.after(3, 0);
      while (script.steps() < 100) {
        int before = disk.moment();
        script.next().writeTo(journal);
        List<Operation> done = disk.operations().subList(before, disk.moment());
        int lastSync = done.lastIndexOf(new Operation.Synced("timeline.mv.db"));
        assertThat(done.subList(lastSync + 1, done.size()))
            .as("after the last sync of %s", done)
            .allMatch(
                operation ->
                    operation instanceof Operation.Written written
                        && written.file().equals("timeline.acknowledged"));
        assertThat(lastSync).isPositive();
      }
    }
  }

  /** Returns what write said. */
  private String failAndRestart(Consumer<LossyDisk> fault) {
    JournalScript script = JournalScript.after(3, 0);
    Contents returned = script.contents();
    StorageFailure failure = null;
    Map<String, byte[]> left;
    try (LossyDisk disk = mount("failing", Map.of())) {
      Journal journal = open(disk);
      while (failure == null) {
        returned = script.contents();
        if (script.steps() == STEPS_BEFORE) {
          fault.accept(disk);
        }
        JournalScript.Step step = script.next();
        failure = catchThrowableOfType(StorageFailure.class, () -> step.writeTo(journal));
      }
      Write further = new Write.Promised(new Epoch(Long.MAX_VALUE, 1, 1));
      assertThat(
              catchThrowableOfType(
                  StorageFailure.class, () -> journal.write(List.of(further), List.of())))
          .as("nothing is written after a failure")
          .isNotNull();
      left = disk.files();
    }
    assertThat(failure.getMessage()).doesNotContain("\n");
    assertThat(script.steps()).isGreaterThan(STEPS_BEFORE);
    try (LossyDisk disk = mount("restarted", left);
        Journal journal = open(disk)) {
      assertThat(Contents.of(journal)).isIn(returned, script.contents());
      journal.write(List.of(new Write.Promised(new Epoch(Long.MAX_VALUE, 1, 1))), List.of());
    }
    return failure.getMessage();
  }

  private LossyDisk mount(String name, Map<String, byte[]> files) {
    return LossyDisk.mount(folder.resolve(name), files);
  }

  private static Journal open(LossyDisk disk) {
    DatabaseFile file =
        new DatabaseFile(
            disk.folder(), CheckedPath.PREFIX + LossyDisk.SCHEME + ":", DatabaseFile.OPTIONS);
    return Journal.open(file, () -> JournalScript.INCARNATION, 30);
  }
}
