package parley.acceptance.replay;

import java.util.List;
import parley.acceptance.history.GlobalOrder;
import parley.acceptance.history.Model;
import parley.acceptance.lab.Hosts.StoredPost;
import parley.acceptance.lab.Progress;

/** Compares what a replica has stored with the model, post by post, in the one order. */
final class StorageCheck {

  private final Model model;
  private final GlobalOrder order;

  StorageCheck(Model model, GlobalOrder order) {
    this.model = model;
    this.order = order;
  }

  /** Answers the number of differences; the first is told in words. */
  int differences(String replica, List<StoredPost> stored, Progress progress) {
    int differences = 0;
    int[] lines = order.lines();
    int all = Math.max(stored.size(), lines.length + 1);
    for (int i = 0; i < all; i++) {
      Said expected = i > lines.length ? null : expected(lines, i);
      Said found = i < stored.size() ? Said.of(stored.get(i)) : null;
      if (expected == null || !expected.equals(found)) {
        if (differences++ == 0) {
          progress.say("%s: post %d is %s instead of %s", replica, i + 1, found, expected);
        }
      }
    }
    return differences;
  }

  // The caller's post comes before all others.
  private Said expected(int[] lines, int at) {
    if (at == 0) {
      return new Said(PostBook.CALLER, PostBook.OPENING_TEXT);
    }
    int line = lines[at - 1];
    return new Said(model.name(model.author(line)), model.text(line));
  }

  /** A post without its index, of which the trace knows nothing. */
  private record Said(String author, String text) {

    static Said of(StoredPost post) {
      return new Said(post.author(), post.text());
    }
  }
}
