package parley.client.cli;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import parley.client.v1.ConnectionEvent;
import parley.client.v1.ConnectionEvent.Connected;
import parley.client.v1.ConnectionEvent.Lost;

/**
 * Tells people what happens to the connection, one line each, on a thread of its own: a terminal
 * may block.
 */
final class ConnectionNews implements Consumer<ConnectionEvent> {

  private static final long THREAD_KEPT_S = 1;

  /** While a terminal blocks; the newest news are the ones that count then. */
  private static final int UNTOLD_MAX = 100;

  private final Consumer<String> reader;
  private final Executor teller =
      new ThreadPoolExecutor(
          0,
          1,
          THREAD_KEPT_S,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(UNTOLD_MAX),
          ConnectionNews::thread,
          new ThreadPoolExecutor.DiscardOldestPolicy());

  ConnectionNews(Consumer<String> reader) {
    this.reader = reader;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tell-news");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void accept(ConnectionEvent event) {
    // The first connection is what everybody expects.
    if (event instanceof Connected connected && connected.again()) {
      String where = connected.host().map(host -> host + " at ").orElse("");
      tell("reconnected to " + where + connected.frontend());
    } else if (event instanceof Lost lost) {
      tell("connection to " + lost.frontend() + " lost: " + lost.why());
    }
  }

  private void tell(String line) {
    teller.execute(() -> reader.accept(line));
  }
}
