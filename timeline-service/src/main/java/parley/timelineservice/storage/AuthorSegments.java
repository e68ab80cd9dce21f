package parley.timelineservice.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import parley.timelineservice.timeline.AuthorIndex;
import parley.timelineservice.timeline.Newest;

/**
 * The index by author over the whole applied timeline: the newest posts in memory, those before in
 * sealed segments on disk. A segment is a stretch of the timeline; each author's newest sealed
 * segment is known here, and each sealed part names the one before it, so that reading an author
 * costs as many look-ups as there are segments it posted in.
 *
 * <p>Any thread may call. The replica's loop adds, readers {@link #offer}, and the one thread that
 * writes takes full segments away to seal them ({@link #oldestFull}, {@link #sealed}).
 *
 * <p>Invariant: every applied post is either in memory or at or below {@code sealedIndex}; what is
 * sealed leaves memory only after it is durable.
 */
final class AuthorSegments {

  /** Whose posts are wanted; by the author's id. */
  record Wanted(int author, long sinceIndex) {}

  /** An author whose search goes on in a sealed segment. */
  private record Pending(Wanted wanted, int segment, long sealedIndex) {}

  /** So many authors are looked up at a time, to let the replica's loop in between. */
  private static final int CHUNK = 256;

  private final int postsPerSegment;

  /** Frozen, oldest first; waiting to be sealed. */
  private final Deque<AuthorIndex> full = new ArrayDeque<>();

  private AuthorIndex newest = new AuthorIndex();
  private long sealedIndex;

  /** By author's id: the newest sealed segment in which it posted. */
  private int[] newestSegments = new int[0];

  AuthorSegments(int postsPerSegment, long sealedIndex) {
    this.postsPerSegment = postsPerSegment;
    this.sealedIndex = sealedIndex;
  }

  /** Takes in an applied slot; see {@link AuthorIndex#add}. */
  synchronized void add(long firstIndex, List<Integer> authors) {
    newest.add(firstIndex, authors);
    if (newest.posts() >= postsPerSegment) {
      full.add(newest);
      newest = new AuthorIndex();
    }
  }

  /** The segment that is to be sealed next; null if none is full. */
  synchronized AuthorIndex oldestFull() {
    return full.peek();
  }

  synchronized int newestSegment(int author) {
    return author < newestSegments.length ? newestSegments[author] : AuthorBlock.NO_SEGMENT;
  }

  /** The oldest full segment is durable under this number: memory may forget it. */
  synchronized void sealed(int segment) {
    AuthorIndex index = full.remove();
    for (int author : index.authors()) {
      postedIn(author, segment);
    }
    sealedIndex = index.lastIndex();
  }

  /** The author posted in this sealed segment, and in none after it. */
  synchronized void postedIn(int author, int segment) {
    if (author >= newestSegments.length) {
      int length = newestSegments.length;
      newestSegments = Arrays.copyOf(newestSegments, Math.max(author + 1, length * 2));
      Arrays.fill(newestSegments, length, newestSegments.length, AuthorBlock.NO_SEGMENT);
    }
    newestSegments[author] = segment;
  }

  /** Offers the newest posts of these authors up to an index; touches the disk only if needed. */
  void offer(List<Wanted> authors, long upToIndex, Newest into, ReadConnections connections) {
    List<Pending> pending = new ArrayList<>();
    for (int from = 0; from < authors.size(); from += CHUNK) {
      int to = Math.min(from + CHUNK, authors.size());
      offerFromMemory(authors.subList(from, to), upToIndex, into, pending);
    }
    pending.removeIf(author -> !into.wants(Math.min(author.sealedIndex(), upToIndex)));
    if (!pending.isEmpty()) {
      connections.read(
          connection -> {
            for (Pending author : pending) {
              offerSealed(author, upToIndex, into, connection);
            }
            return null;
          });
    }
  }

  private synchronized void offerFromMemory(
      List<Wanted> authors, long upToIndex, Newest into, List<Pending> pending) {
    for (Wanted wanted : authors) {
      newest.offer(wanted.author(), wanted.sinceIndex(), upToIndex, into);
      full.forEach(index -> index.offer(wanted.author(), wanted.sinceIndex(), upToIndex, into));
      int segment = newestSegment(wanted.author());
      if (segment != AuthorBlock.NO_SEGMENT && wanted.sinceIndex() < sealedIndex) {
        pending.add(new Pending(wanted, segment, sealedIndex));
      }
    }
  }

  private static void offerSealed(
      Pending author, long upToIndex, Newest into, Connection connection) throws SQLException {
    long highest = Math.min(author.sealedIndex(), upToIndex);
    int segment = author.segment();
    while (segment != AuthorBlock.NO_SEGMENT && into.wants(highest)) {
      int id = author.wanted().author();
      AuthorBlock.Part part = AuthorIndexTable.find(connection, segment, id);
      if (part == null) {
        throw new StorageFailure(
            "the index by author names segment %d for author %d, which is not in it"
                .formatted(segment, id));
      }
      long[] indexes = part.indexes();
      for (int i = indexes.length - 1; i >= 0 && indexes[i] > author.wanted().sinceIndex(); i--) {
        if (indexes[i] <= upToIndex) {
          into.offer(indexes[i]);
        }
      }
      if (indexes[0] <= author.wanted().sinceIndex()) {
        return;
      }
      highest = indexes[0] - 1;
      segment = part.previousSegment();
    }
  }
}
