package parley.client.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Lines of standard input, which whoever waits for the next one need not wait for: a thread of its
 * own reads, because a read cannot be interrupted. For one consumer.
 */
final class LineQueue {

  private static final int LINES_AHEAD = 256;

  /** What the reading thread hands over: a line, or why there are no more. */
  private record Read(String line, IOException failure) {}

  private final BlockingQueue<Read> reads = new ArrayBlockingQueue<>(LINES_AHEAD);
  private boolean ended;

  LineQueue(BufferedReader in) {
    Thread reader = new Thread(() -> readAll(in), "read-input");
    reader.setDaemon(true);
    reader.start();
  }

  private void readAll(BufferedReader in) {
    try {
      Read read;
      do {
        read = read(in);
        reads.put(read);
      } while (read.line() != null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Read read(BufferedReader in) {
    try {
      return new Read(in.readLine(), null);
    } catch (IOException e) {
      return new Read(null, e);
    }
  }

  /** The next line without its end; null after the last one. */
  String next() throws IOException, InterruptedException {
    if (ended) {
      return null;
    }
    Read read = reads.take();
    ended = read.line() == null;
    if (read.failure() != null) {
      throw read.failure();
    }
    return read.line();
  }
}
