package parley.client.v1;

import java.util.concurrent.CompletableFuture;

/** A post that was put into an outbox. Thread-safe. */
public interface PendingPost {

  /** What has become of it so far. */
  PostState state();

  /**
   * Its index once it is safe, as in {@link PostState.Committed}; fails with a {@link
   * ParleyException} if it is given up.
   */
  CompletableFuture<Long> committed();
}
