package parley.client.traffic;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import parley.client.v1.ParleyClient;
import parley.client.v1.ParleyException;

/** Lets a bounded number of calls be under way at once. For one thread. */
final class CallsUnderWay {

  private static final int MAX = 64;

  private final Queue<CompletableFuture<?>> calls = new ArrayDeque<>();

  /** Waits while there are too many. */
  void add(CompletableFuture<?> call) throws InterruptedException, ParleyException {
    if (calls.size() == MAX) {
      ParleyClient.await(calls.remove());
    }
    calls.add(call);
  }

  void awaitAll() throws InterruptedException, ParleyException {
    while (!calls.isEmpty()) {
      ParleyClient.await(calls.remove());
    }
  }
}
