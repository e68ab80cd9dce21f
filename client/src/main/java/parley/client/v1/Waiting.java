package parley.client.v1;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Makes blocking calls of asynchronous ones. */
final class Waiting {

  private Waiting() {}

  static <T> T await(CompletableFuture<T> call) throws InterruptedException, ParleyException {
    try {
      return call.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ParleyException why) {
        // Made anew, so that the stack shows who waited.
        throw new ParleyException(why.kind(), why.getMessage(), why);
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
