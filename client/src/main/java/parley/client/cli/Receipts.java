package parley.client.cli;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import parley.client.v1.ParleyClient;
import parley.client.v1.ParleyException;
import parley.client.v1.PendingPost;

/**
 * Tells what has become of posts, in the order in which they were made, while more are made. Its
 * own thread waits for each of them.
 */
final class Receipts implements AutoCloseable {

  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "tell-receipts");
            thread.setDaemon(true);
            return thread;
          });
  private final BiConsumer<Long, ParleyException> onFailed;
  // For the teller's thread, and for others when it has ended.
  private long told;
  private boolean anyFailed;

  /**
   * @param onFailed is told the number of a post, from 1, and why it has failed
   */
  Receipts(BiConsumer<Long, ParleyException> onFailed) {
    this.onFailed = onFailed;
  }

  /** To be called for each post in turn. */
  void expect(PendingPost post, LongConsumer onCommitted) {
    teller.execute(() -> tell(post, onCommitted));
  }

  private void tell(PendingPost post, LongConsumer onCommitted) {
    told++;
    try {
      onCommitted.accept(ParleyClient.await(post.committed()));
    } catch (ParleyException e) {
      anyFailed = true;
      onFailed.accept(told, e);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until everything has been told; false if a post has failed. */
  boolean allCommitted() throws InterruptedException {
    teller.shutdown();
    teller.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    return !anyFailed;
  }

  /** What has not been told is not told any more. */
  @Override
  public void close() {
    teller.shutdownNow();
  }
}
