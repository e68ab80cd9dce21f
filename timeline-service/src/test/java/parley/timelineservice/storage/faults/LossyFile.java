package parley.timelineservice.storage.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** One file of a lossy disk, as everybody sees it while the power is on. */
final class LossyFile {

  private final LossyDisk disk;
  private final String name;
  private byte[] bytes;
  private int length;

  LossyFile(LossyDisk disk, String name, byte[] found) {
    this.disk = disk;
    this.name = name;
    bytes = found.clone();
    length = found.length;
  }

  /** The same file under another name; to be called while nobody has it open. */
  LossyFile renamed(String to) {
    return new LossyFile(disk, to, bytes());
  }

  int length() {
    return length;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  int read(ByteBuffer into, long position) throws IOException {
    synchronized (disk) {
      disk.requireReadable();
      if (position >= length) {
        return -1;
      }
      int count = Math.min(into.remaining(), length - (int) position);
      into.put(bytes, (int) position, count);
      return count;
    }
  }

  int write(ByteBuffer from, long position) throws IOException {
    synchronized (disk) {
      int fitting = disk.fitting((int) position + from.remaining() - length);
      int end = Math.min((int) position + from.remaining(), length + fitting);
      byte[] written = new byte[end - (int) position];
      from.get(written);
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
      }
      System.arraycopy(written, 0, bytes, (int) position, written.length);
      length = Math.max(length, end);
      disk.done(new Operation.Written(name, position, written));
      return written.length;
    }
  }

  void truncate(long to) throws IOException {
    synchronized (disk) {
      disk.requireWritable();
      if (to < length) {
        Arrays.fill(bytes, (int) to, length, (byte) 0);
        length = (int) to;
        disk.done(new Operation.Truncated(name, to));
      }
    }
  }

  void force() throws IOException {
    synchronized (disk) {
      disk.requireWritable();
      disk.done(new Operation.Synced(name));
    }
  }
}
