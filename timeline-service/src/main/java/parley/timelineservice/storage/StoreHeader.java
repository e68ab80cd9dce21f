package parley.timelineservice.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.h2.mvstore.DataUtils;

/**
 * The two copies of an H2 file's header, its first two blocks, which name the newest chunk. H2
 * writes both at once, and only now and then: in between it finds the newest chunk by following
 * chunks from one to the next. When the power goes that may fail in two ways. Both copies may
 * already name a chunk that is not whole. Or they still name an old one, and the way from there to
 * the newest leads through a chunk whose space was being used again.
 *
 * <p>So here the header names each chunk, and the two copies take turns: while one is being
 * written, the other names the chunk before, which is synced.
 */
final class StoreHeader {

  /**
   * A chunk as the header names it.
   *
   * @param id as H2 writes it
   */
  record Named(String id, long block, long version) {}

  private static final int BLOCK = 4096;
  private static final String SUM = ",fletcher:";

  private final FileChannel file;

  /** As in a copy that can be read; null before anything was read. */
  private TreeMap<String, String> fields;

  /** The highest that was named. */
  private long version;

  private int nextCopy;

  StoreHeader(FileChannel file) {
    this.file = file;
  }

  /**
   * Prepares for the first chunk to be written since the file was opened: what was found is synced,
   * and one copy names the newest chunk found.
   *
   * @param newest the chunk that H2 found; null in a new file
   */
  void continueFrom(Named newest) throws IOException {
    boolean named = false;
    for (int copy = 0; copy < 2; copy++) {
      TreeMap<String, String> read = read(copy);
      if (read != null) {
        fields = read;
        if (newest != null && read.equals(naming(newest))) {
          nextCopy = 1 - copy;
          version = newest.version();
          named = true;
        }
      }
    }
    if (fields == null) {
      throw new IOException("neither copy of the file's header can be read");
    }
    if (newest != null && !named) {
      name(newest);
    }
    file.force(false);
  }

  /** Has the older copy name this chunk, unless it is only an old chunk that moves. */
  void name(Named chunk) throws IOException {
    if (chunk.version() <= version) {
      return;
    }
    version = chunk.version();
    fields = naming(chunk);
    StringJoiner text = new StringJoiner(",");
    fields.forEach((name, value) -> text.add(name + ":" + value));
    ByteBuffer copy = ByteBuffer.allocate(BLOCK);
    copy.put(bytes(text + SUM + sum(text.toString()) + "\n")).clear();
    file.write(copy, (long) nextCopy * BLOCK);
    nextCopy = 1 - nextCopy;
  }

  private TreeMap<String, String> naming(Named chunk) {
    TreeMap<String, String> naming = new TreeMap<>(fields);
    naming.remove("clean");
    naming.put("block", Long.toHexString(chunk.block()));
    naming.put("chunk", chunk.id());
    naming.put("version", Long.toHexString(chunk.version()));
    return naming;
  }

  /** What a copy says; null if it is torn. */
  private TreeMap<String, String> read(int number) throws IOException {
    ByteBuffer copy = ByteBuffer.allocate(BLOCK);
    file.read(copy, (long) number * BLOCK);
    String all = new String(copy.array(), StandardCharsets.ISO_8859_1);
    int end = all.indexOf(SUM);
    if (end < 0 || !all.startsWith(sum(all.substring(0, end)) + "\n", end + SUM.length())) {
      return null;
    }
    TreeMap<String, String> read = new TreeMap<>();
    for (String field : all.substring(0, end).split(",")) {
      int colon = field.indexOf(':');
      read.put(field.substring(0, colon), field.substring(colon + 1));
    }
    return read;
  }

  private static String sum(String text) {
    byte[] bytes = bytes(text);
    return Integer.toHexString(DataUtils.getFletcher32(bytes, 0, bytes.length));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
