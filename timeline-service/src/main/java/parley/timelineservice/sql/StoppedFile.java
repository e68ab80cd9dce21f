package parley.timelineservice.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import parley.timelineservice.storage.DatabaseFile;
import parley.timelineservice.storage.Journal;

/** Copies the file of a service that is not running: a file under writing would be torn. */
final class StoppedFile {

  private final Path file;

  /**
   * @param folder the service's folder
   */
  StoppedFile(Path folder) {
    file = new DatabaseFile(folder).path();
  }

  /**
   * Copies the database into the folder and applies what it holds as committed, unless a service
   * has it open.
   *
   * @return whether it was copied
   * @throws IOException in one line for people
   */
  boolean maybeCopyTo(Path folder) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(
          "there is no " + file + "; name the data folder with --data, or a service with --server");
    }
    if (isInUse()) {
      return false;
    }
    Path copy = folder.resolve(file.getFileName());
    Files.copy(file, copy);
    if (isInUse()) {
      Files.delete(copy);
      return false;
    }
    try (Journal journal = Journal.open(folder, () -> 1)) {
      Replay replay = new Replay(journal);
      replay.storedSlots();
      replay.finish();
    }
    return true;
  }

  /** The lock is held for a moment only, so as not to keep a service from starting. */
  private boolean isInUse() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    }
  }
}
