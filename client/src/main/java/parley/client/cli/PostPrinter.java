package parley.client.cli;

import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import parley.client.v1.Post;

/**
 * Prints posts, and notices when nobody reads them any more, such as {@code head} that has enough.
 */
final class PostPrinter implements Consumer<Post> {

  private final PrintWriter out;
  private final Function<Post, String> format;
  private final CompletableFuture<Void> nobodyReads = new CompletableFuture<>();

  PostPrinter(PrintWriter out, Function<Post, String> format) {
    this.out = out;
    this.format = format;
  }

  @Override
  public void accept(Post post) {
    out.println(format.apply(post));
    if (out.checkError()) {
      nobodyReads.complete(null);
    }
  }

  CompletableFuture<Void> nobodyReads() {
    return nobodyReads;
  }
}
