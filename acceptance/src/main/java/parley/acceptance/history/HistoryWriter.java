package parley.acceptance.history;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a history down as it happens, compressed; {@link HistoryReader} reads it. Any thread may
 * note an event, and the order in which they do is that of the history.
 */
public final class HistoryWriter implements Closeable {

  private static final int BUFFER_CHARS = 1 << 16;

  private final Writer out;
  // Guarded by out.
  private boolean closed;

  public HistoryWriter(OutputStream file) throws IOException {
    out =
        new BufferedWriter(
            new OutputStreamWriter(new GZIPOutputStream(file), StandardCharsets.UTF_8),
            BUFFER_CHARS);
  }

  /** Appends an event; after the end, nothing is part of the history any more. */
  public void note(Event event) {
    String line = EventLine.of(event);
    try {
      synchronized (out) {
        if (!closed) {
          out.write(line);
          out.write('\n');
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the history cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (out) {
      closed = true;
      out.close();
    }
  }
}
