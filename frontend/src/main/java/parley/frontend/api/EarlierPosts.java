package parley.frontend.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import parley.frontend.call.Answerable;
import parley.frontend.call.Parts;
import parley.frontend.store.HistoryReader;
import parley.frontend.store.PlacedPost;

/**
 * Finds what one writer had posted before, among the newest posts of its author: for clients that
 * send again what had come through. Owned by the loop.
 */
final class EarlierPosts {
  /** How many posts of the author are looked at. */
  static final int NEWEST = 1_024;

  private final Parts parts;
  private final Readings readings;

  EarlierPosts(Parts parts, Readings readings) {
    this.parts = parts;
    this.readings = readings;
  }

  /**
   * Looks once at what was committed before this call.
   *
   * @param call on whose behalf
   * @param author a user who exists
   * @param before asked when everything is here: the posts that are looked for stand before it
   * @param then takes the writer's posts by sequence number, unless the call has ended by then
   */
  void find(
      Answerable call,
      String author,
      long writer,
      LongSupplier before,
      Consumer<Map<Long, PlacedPost>> then) {
    readings.whenCurrent(
        call,
        () ->
            parts
                .history()
                .readAuthor(
                    Math.min(parts.timeline().appliedIndex(), before.getAsLong() - 1),
                    NEWEST,
                    author,
                    new HistoryReader.Viewer() {
                      @Override
                      public void onHistory(List<PlacedPost> posts, boolean complete) {
                        if (call.isOpen()) {
                          then.accept(bySequence(posts, writer));
                        }
                      }

                      @Override
                      public boolean isWanted() {
                        return call.isOpen();
                      }
                    }));
  }

  private static Map<Long, PlacedPost> bySequence(List<PlacedPost> posts, long writer) {
    Map<Long, PlacedPost> found = new HashMap<>();
    for (PlacedPost post : posts) {
      if (post.post().writer() == writer) {
        found.put(post.post().sequence(), post);
      }
    }
    return found;
  }
}
