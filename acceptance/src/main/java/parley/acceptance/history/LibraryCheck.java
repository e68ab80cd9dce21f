package parley.acceptance.history;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Judges by the one log what only users of the library are told: at which index each post stands,
 * and, page by page, the whole home timeline, which is what came live.
 */
final class LibraryCheck implements Consumer<Event> {

  private static final long UNKNOWN = 0;

  private final HostLog log;
  private final Positions positions;
  private final Streams streams;
  private final Verdict verdict;
  // By stream: where the posts of its user's home timeline stand, from the newest to the oldest.
  private final Map<Integer, IntStream.Builder> pages = new HashMap<>();
  private boolean settled;

  LibraryCheck(HostLog log, Positions positions, Streams streams, Verdict verdict) {
    this.log = log;
    this.positions = positions;
    this.streams = streams;
    this.verdict = verdict;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.Delivered e && stream(e.stream()).isOfLibrary()) {
      checkIndex(stream(e.stream()), e.author(), e.number(), e.index());
    } else if (event instanceof Event.Committed e && e.index() != UNKNOWN) {
      checkIndex(stream(e.stream()), stream(e.stream()).user, e.number(), e.index());
    } else if (event instanceof Event.Listed e) {
      onListed(e);
    } else if (event instanceof Event.Settled) {
      settled = true;
    } else if (event instanceof Event.Ended e && stream(e.stream()).isOfLibrary()) {
      onEnded(stream(e.stream()), e.ok() && settled);
    }
  }

  private Streams.Stream stream(int id) {
    return streams.stream(id);
  }

  // A post that is nowhere is lost, which others say.
  private void checkIndex(Streams.Stream stream, String author, int number, long index) {
    int position = positions.of(author, number);
    if (position != Positions.NOWHERE && log.index(position) != index) {
      verdict.add(
          Verdict.Fault.REORDERED,
          "%s was told that post %d of %s has the index %d, but %s holds %s"
              .formatted(stream, number, author, index, log.host(), log.showPlace(position)));
    }
  }

  private void onListed(Event.Listed post) {
    Streams.Stream stream = stream(post.stream());
    verdict.checked(1);
    int position = positions.of(post.author(), post.number());
    if (position == Positions.NOWHERE || !streams.followees(stream.user).contains(post.author())) {
      verdict.add(
          Verdict.Fault.INVENTED,
          "a page of %s showed what was not for it: post %d of %s"
              .formatted(stream, post.number(), post.author()));
      return;
    }
    checkIndex(stream, post.author(), post.number(), post.index());
    pages.computeIfAbsent(stream.id, id -> IntStream.builder()).add(position);
  }

  private void onEnded(Streams.Stream stream, boolean whole) {
    if (!whole) {
      return;
    }
    IntStream.Builder listed = pages.getOrDefault(stream.id, IntStream.builder());
    int[] newestFirst = listed.build().toArray();
    Timeline timeline = new Timeline(log, streams.followees(stream.user));
    Run run = new Run(log, timeline, "the pages of " + stream, verdict);
    for (int i = newestFirst.length - 1; i >= 0; i--) {
      run.take(newestFirst[i]);
    }
    run.end(true);
  }
}
