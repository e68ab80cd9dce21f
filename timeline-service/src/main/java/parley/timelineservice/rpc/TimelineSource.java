package parley.timelineservice.rpc;

import java.util.Optional;
import parley.proto.store.Applied;
import parley.timelineservice.timeline.TimelineReads;

/** The applied timeline from an index on, without gaps and without end. */
final class TimelineSource implements PacedStream.Source<Applied> {

  private final TimelineReads reads;
  private final RecentRuns runs;
  // Everything below it has been yielded.
  private long nextIndex;

  TimelineSource(TimelineReads reads, RecentRuns runs, long fromIndex) {
    this.reads = reads;
    this.runs = runs;
    this.nextIndex = fromIndex;
  }

  @Override
  public Optional<Applied> next() {
    long appliedIndex = reads.appliedIndex();
    if (nextIndex > appliedIndex) {
      return Optional.empty();
    }
    Applied run = runs.from(nextIndex, appliedIndex);
    if (run.getFirstIndex() != nextIndex || run.getCount() < 1) {
      throw new IllegalStateException(
          "Asked for the timeline from index %d, got %d commands from %d"
              .formatted(nextIndex, run.getCount(), run.getFirstIndex()));
    }
    nextIndex += run.getCount();
    return Optional.of(run);
  }

  @Override
  public boolean ended() {
    return false;
  }
}
