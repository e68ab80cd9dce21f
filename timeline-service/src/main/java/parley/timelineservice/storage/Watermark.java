package parley.timelineservice.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.h2.store.fs.FilePath;

/**
 * Remembers beside the database file how many writes were durable in it, so that a file that has
 * lost its end is not taken for one that never had it: of a damaged file H2 opens the newest
 * version that it can still find, without a word.
 *
 * <p>It is never synced, since that would double the price of each write. So it may be too low
 * after a power cut, by what was written in the last half minute or so, but it is never too high.
 */
final class Watermark implements AutoCloseable {

  private static final int BYTES = 2 * Long.BYTES + Integer.BYTES;

  private final FileChannel file;
  private final long incarnation;

  /**
   * @param incarnation of the database that it belongs to; what it says of another is ignored
   */
  Watermark(FilePath path, long incarnation) throws IOException {
    file = path.open("rw");
    this.incarnation = incarnation;
  }

  /** How many writes were durable at least; 0 if it does not know. */
  long read() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    file.read(buffer, 0);
    long writes = buffer.getLong(Long.BYTES);
    return Arrays.equals(buffer.array(), encoded(writes).array()) ? writes : 0;
  }

  /** So many writes are durable. */
  void raise(long writes) throws IOException {
    file.write(encoded(writes), 0);
  }

  private ByteBuffer encoded(long writes) {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES).putLong(incarnation).putLong(writes);
    CRC32C crc = new CRC32C();
    crc.update(buffer.array(), 0, buffer.position());
    return buffer.putInt((int) crc.getValue()).flip();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
