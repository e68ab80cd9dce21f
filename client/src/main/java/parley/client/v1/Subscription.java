package parley.client.v1;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A home timeline as it grows, over however many connections: nothing is skipped, nothing comes
 * twice. Thread-safe.
 */
public interface Subscription extends AutoCloseable {

  /**
   * Completes with the cursor where it begins, once it has one: what is posted from then on comes.
   */
  CompletableFuture<String> started();

  /**
   * From where another subscription would go on after the post that was handed over last; empty as
   * long as nothing is known.
   */
  Optional<String> cursor();

  /** Completes when it is closed; fails with a {@link ParleyException} if it cannot go on. */
  CompletableFuture<Void> ended();

  /** Ends it. A post that is being handed over is the last one. */
  @Override
  void close();
}
