package parley.timelineservice.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Copies the file of a service that is not running: a file under writing would be torn. */
final class StoppedFile {

  private StoppedFile() {}

  /**
   * Copies the database file into the folder, unless a service has it open.
   *
   * @return whether it was copied
   * @throws IOException in one line for people
   */
  static boolean maybeCopy(Path file, Path folder) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(
          "there is no " + file + "; name the data folder with --data, or a service with --server");
    }
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return false;
      }
      Files.copy(file, folder.resolve(file.getFileName()));
      return true;
    }
  }
}
