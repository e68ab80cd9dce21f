package parley.client.v1;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** One post in an outbox. What becomes of it is said once, on the loop. */
final class OutboxPost implements PendingPost {
  private final String text;
  private final Instant time;
  private final CompletableFuture<Long> committed = new CompletableFuture<>();
  private volatile PostState state = new PostState.Pending();

  OutboxPost(String text, Instant time) {
    this.text = text;
    this.time = time;
  }

  String text() {
    return text;
  }

  Instant time() {
    return time;
  }

  void commit(long index) {
    state = new PostState.Committed(index);
    committed.complete(index);
  }

  void fail(ParleyException why) {
    state = new PostState.Failed(why);
    committed.completeExceptionally(why);
  }

  @Override
  public PostState state() {
    return state;
  }

  @Override
  public CompletableFuture<Long> committed() {
    return committed.copy();
  }
}
