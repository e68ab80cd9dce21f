package parley.client.cli;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import parley.client.v1.Page;
import parley.client.v1.PageRequest;
import parley.client.v1.ParleyClient;
import parley.client.v1.ParleyException;

/** Reads lists of the cluster's to their end, a page at a time. */
final class Pages {

  /** The most that the cluster hands out at once. */
  static final int SIZE = 1_000;

  private Pages() {}

  static <T> void forEach(
      Function<PageRequest, CompletableFuture<Page<T>>> list, Consumer<T> reader)
      throws InterruptedException, ParleyException {
    PageRequest request = PageRequest.first(SIZE);
    Optional<String> next;
    do {
      Page<T> page = ParleyClient.await(list.apply(request));
      page.items().forEach(reader);
      next = page.next();
      request = request.from(next.orElse(""));
    } while (next.isPresent());
  }
}
