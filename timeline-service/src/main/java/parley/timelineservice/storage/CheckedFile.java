package parley.timelineservice.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.h2.store.fs.FileBaseDefault;

/**
 * Tells H2 which of its chunks are whole, since H2 itself cannot know. A commit of H2 appends one
 * chunk, of a few blocks to many, and after a crash H2 takes a chunk for whole if its first and
 * last lines are there. But without power a disk may have kept these and not what lies between: it
 * writes in any order what was not synced. Then the newest version of the whole database would
 * consist of what happened to be there before.
 *
 * <p>So each chunk's last line, the footer, gets a checksum over the whole chunk, in the space that
 * H2 leaves unused there; the file stays an ordinary H2 file. Who reads the footer of a chunk that
 * does not match finds zeros instead, which tells H2 that there is no chunk: it goes back to the
 * one before, which was synced before this one was begun.
 *
 * <p>H2 reads footers only when it opens a file.
 */
final class CheckedFile extends FileBaseDefault {

  private static final int BLOCK = 4096;
  private static final int FOOTER = 128;

  /** H2's part of a footer: at most 70 bytes; the others are spaces. */
  private static final Pattern FOOTER_TEXT =
      Pattern.compile(
          "^chunk:([0-9a-f]+),len:([0-9a-f]{1,5}),version:([0-9a-f]{1,15}),fletcher:[0-9a-f]+");

  /** Follows at once: H2 reads no further than up to the comma. */
  private static final String SUM = ",crc:%08x";

  private static final int SUM_LENGTH = 13;

  /**
   * What a footer says of its chunk.
   *
   * @param length in bytes
   * @param sumAt where in the chunk its sum stands
   */
  private record Footer(String chunk, long version, int length, int sumAt) {

    StoreHeader.Named named(long chunkAt) {
      return new StoreHeader.Named(chunk, chunkAt / BLOCK, version);
    }
  }

  private final FileChannel file;
  private final StoreHeader header;

  /** Of the whole chunks that H2 has asked for, which it does to find the newest one. */
  private StoreHeader.Named newest;

  private boolean writing;

  CheckedFile(FileChannel file) {
    this.file = file;
    header = new StoreHeader(file);
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    int start = into.position();
    int count = file.read(into, position);
    if (count == FOOTER && (position + FOOTER) % BLOCK == 0) {
      Footer footer = footer(into, into.position());
      if (footer != null) {
        long chunkAt = position + FOOTER - footer.length();
        if (!isWhole(chunkAt, footer)) {
          into.put(start, new byte[FOOTER]);
        } else if (newest == null || newest.version() < footer.version()) {
          newest = footer.named(chunkAt);
        }
      }
    }
    return count;
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    int length = from.remaining();
    if (position == 0) {
      if (file.size() == 0) {
        writeAll(from, 0);
      }
      from.position(from.limit());
      return length;
    }
    Footer footer = length >= BLOCK ? footer(from, from.limit()) : null;
    if (footer == null || footer.length() != length || position % BLOCK != 0) {
      throw new IOException(
          "%d bytes to write at %d, which are no chunk of H2's".formatted(length, position));
    }
    if (!writing) {
      header.continueFrom(newest);
      writing = true;
    }
    int start = from.position();
    from.put(start + footer.sumAt(), sum(from.slice(start, length), footer.sumAt()));
    writeAll(from, position);
    header.name(footer.named(position));
    return length;
  }

  /** A disk that is nearly full takes a part first, and says so only when asked for the rest. */
  private void writeAll(ByteBuffer from, long position) throws IOException {
    long at = position;
    while (from.hasRemaining()) {
      at += file.write(from, at);
    }
  }

  /** The footer that ends there in the buffer; null if none does. */
  private static Footer footer(ByteBuffer buffer, int end) {
    byte[] bytes = new byte[FOOTER];
    buffer.get(end - FOOTER, bytes);
    Matcher text = FOOTER_TEXT.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    if (!text.find()) {
      return null;
    }
    int length = Integer.parseInt(text.group(2), 16) * BLOCK;
    return length <= 0
        ? null
        : new Footer(
            text.group(1), Long.parseLong(text.group(3), 16), length, length - FOOTER + text.end());
  }

  private boolean isWhole(long position, Footer footer) throws IOException {
    if (position < 0) {
      return false;
    }
    ByteBuffer chunk = ByteBuffer.allocate(footer.length());
    while (chunk.hasRemaining()) {
      if (file.read(chunk, position + chunk.position()) < 0) {
        return false;
      }
    }
    chunk.flip();
    byte[] written = new byte[SUM_LENGTH];
    chunk.get(footer.sumAt(), written);
    return Arrays.equals(written, sum(chunk, footer.sumAt()));
  }

  /** Of the whole chunk but the place where the sum itself stands. */
  private static byte[] sum(ByteBuffer chunk, int sumAt) {
    CRC32C crc = new CRC32C();
    crc.update(chunk.slice(0, sumAt));
    int behind = sumAt + SUM_LENGTH;
    crc.update(chunk.slice(behind, chunk.limit() - behind));
    return SUM.formatted(crc.getValue()).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  protected void implTruncate(long size) throws IOException {
    file.truncate(size);
  }

  @Override
  public void force(boolean metaData) throws IOException {
    file.force(metaData);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return file.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }
}
