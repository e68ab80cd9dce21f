package parley.client.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Lines from standard input when it is no terminal. A thread of its own reads, because a read
 * cannot be interrupted and a chat that breaks must not wait for the next line.
 */
final class PipedLines implements Lines {

  private static final int LINES_AHEAD = 256;

  /** What the reading thread hands over: a line, or why there are no more. */
  private record Read(String line, IOException failure) {}

  private final BlockingQueue<Read> reads = new ArrayBlockingQueue<>(LINES_AHEAD);
  private final PrintStream out;
  private boolean ended;

  PipedLines(BufferedReader in, PrintStream out) {
    this.out = out;
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

  @Override
  public String next(Mode mode) throws IOException, InterruptedException {
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

  @Override
  public void show(String line) {
    out.println(line);
  }

  @Override
  public String position() {
    return "";
  }

  @Override
  public void close() {
    out.flush();
  }
}
