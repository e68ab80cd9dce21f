package parley.timelineservice.storage.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import org.h2.store.fs.FakeFileChannel;
import org.h2.store.fs.FileBaseDefault;

/** H2's view of a file of a lossy disk; without one, of the folder itself, which can be synced. */
final class LossyChannel extends FileBaseDefault {

  private final LossyDisk disk;
  private final LossyFile file;

  LossyChannel(LossyDisk disk, LossyFile file) {
    this.disk = disk;
    this.file = file;
  }

  @Override
  public long size() {
    return file.length();
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return file.read(into, position);
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    return file.write(from, position);
  }

  @Override
  protected void implTruncate(long size) throws IOException {
    file.truncate(size);
  }

  @Override
  public void force(boolean metaData) throws IOException {
    if (file == null) {
      disk.syncNames();
    } else {
      file.force();
    }
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    return new FileLock(FakeFileChannel.INSTANCE, position, size, shared) {
      @Override
      public boolean isValid() {
        return true;
      }

      @Override
      public void release() {
        // One test alone uses the disk.
      }
    };
  }
}
