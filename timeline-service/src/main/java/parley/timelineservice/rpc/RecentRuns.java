package parley.timelineservice.rpc;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import parley.proto.store.Applied;
import parley.timelineservice.timeline.TimelineReads;

/**
 * The applied timeline as messages, each read and encoded once for all who follow near its end.
 * Near the end a run is the rest of one slot, so that all followers ask at the same places; far
 * behind, runs are long and not kept. Any reader thread may call.
 */
final class RecentRuns {

  static final int LONG_RUN_BYTES = 192 * 1024;

  /** A follower this many commands behind gets long runs. */
  static final int FAR_BEHIND = 5_000;

  private static final int MAX_KEPT = 256;
  private static final long MAX_KEPT_BYTES = 4L << 20;

  private final TimelineReads reads;
  // In the order in which they were read; guarded by itself.
  private final Map<Long, Applied> kept = new LinkedHashMap<>();
  private long keptBytes;

  RecentRuns(TimelineReads reads) {
    this.reads = reads;
  }

  /**
   * The run that begins at this index. May block on the disk.
   *
   * @param fromIndex {@code 1 <= fromIndex <= appliedIndex}
   */
  Applied from(long fromIndex, long appliedIndex) {
    if (appliedIndex - fromIndex > FAR_BEHIND) {
      return StoreCodec.toProto(reads.run(fromIndex, LONG_RUN_BYTES));
    }
    synchronized (kept) {
      Applied known = kept.get(fromIndex);
      if (known != null) {
        return known;
      }
    }
    Applied run = StoreCodec.toProto(reads.run(fromIndex, 1));
    keep(run);
    return run;
  }

  private void keep(Applied run) {
    synchronized (kept) {
      if (kept.putIfAbsent(run.getFirstIndex(), run) != null) {
        return;
      }
      keptBytes += run.getEntries().size();
      Iterator<Applied> oldest = kept.values().iterator();
      while (kept.size() > MAX_KEPT || keptBytes > MAX_KEPT_BYTES && kept.size() > 1) {
        keptBytes -= oldest.next().getEntries().size();
        oldest.remove();
      }
    }
  }
}
