package parley.client.v1;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * One author's posts on their way: kept, in order, until they are safe on a majority of the hosts,
 * and sent again over the next connection if this one breaks. Each comes to be exactly once, and in
 * the order in which they were put here.
 *
 * <p>It holds a bounded number of posts ({@link ClientOptions#outboxPosts}), in memory: what is
 * pending when the program ends may be lost.
 *
 * <p>Thread-safe. Two outboxes, also of the same author, have no order among each other.
 */
public interface Outbox extends AutoCloseable {

  /** As {@link #post(String, Instant)}, with this machine's time. */
  PendingPost post(String text) throws InterruptedException, ParleyException;

  /**
   * Puts a post here; waits while the outbox is full.
   *
   * @param time what readers are shown as the time of the post
   * @throws ParleyException if the outbox has failed or was closed, or if the text is longer than
   *     any message may be (a million characters); a text that is only too long for this cluster
   *     fails later
   */
  PendingPost post(String text, Instant time) throws InterruptedException, ParleyException;

  /** How many posts are pending. */
  int pending();

  /** Completes when everything that is here by now has been committed or has failed. */
  CompletableFuture<Void> flushed();

  /**
   * Gives up what is pending, and takes nothing more. To lose nothing, wait for {@link #flushed}
   * first.
   */
  @Override
  void close();
}
