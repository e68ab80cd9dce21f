package parley.timelineservice.storage;

import java.sql.SQLException;
import parley.timelineservice.timeline.AuthorIndex;

/**
 * Writes full segments of the index by author to their table, a few blocks with each transaction,
 * so that no commit waits noticeably for it. Used by the one thread that writes.
 *
 * <p>For each transaction: {@link #writeSome}, then, when it is durable, {@link #durable}. A
 * segment counts from the transaction that holds its last block; what a crash leaves of an
 * incomplete one is deleted at the next start.
 */
final class SegmentSealer {

  private static final int BLOCK_BYTES = 8 * 1024;
  private static final int BLOCKS_AT_ONCE = 4;

  private final AuthorSegments segments;
  private final AuthorIndexTable table;

  /** The segment being written, its authors, and how many of them are written. */
  private AuthorIndex index;

  private int[] authors;
  private int written;
  private boolean complete;

  SegmentSealer(AuthorSegments segments, AuthorIndexTable table) {
    this.segments = segments;
    this.table = table;
  }

  /**
   * Writes the next blocks, if there are any.
   *
   * @return the progress to store with them
   */
  Progress writeSome(Progress progress) throws SQLException {
    if (index == null) {
      index = segments.oldestFull();
      if (index == null) {
        return progress;
      }
      authors = index.authors();
    }
    for (int block = 0; block < BLOCKS_AT_ONCE && written < authors.length; block++) {
      table.add(nextBlock(progress.segments()));
    }
    // Effects that are not stored yet come again after a crash: their posts must not be sealed.
    complete = written == authors.length && index.lastIndex() <= progress.appliedIndex();
    return complete ? progress.sealed(index.lastIndex()) : progress;
  }

  private AuthorBlock nextBlock(int segment) {
    int firstAuthor = authors[written];
    AuthorBlock.Builder block = new AuthorBlock.Builder();
    while (written < authors.length && block.size() < BLOCK_BYTES) {
      int author = authors[written++];
      block.add(
          new AuthorBlock.Part(author, segments.newestSegment(author), index.indexes(author)));
    }
    return new AuthorBlock(segment, firstAuthor, block.entries());
  }

  /** What was written last is durable. */
  void durable(Progress stored) {
    if (complete) {
      segments.sealed(stored.segments() - 1);
      index = null;
      written = 0;
      complete = false;
    }
  }
}
