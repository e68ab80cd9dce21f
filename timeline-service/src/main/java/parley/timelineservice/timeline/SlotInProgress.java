package parley.timelineservice.timeline;

import java.util.ArrayList;
import java.util.List;

/** Collects what the entries of one slot bring about, while they are applied one by one. */
final class SlotInProgress {

  private final long slot;
  private final long firstIndex;
  private final List<Result> results;
  private final List<Integer> ineffective = new ArrayList<>();
  private final List<Integer> authors;
  private final List<Change> changes = new ArrayList<>();

  SlotInProgress(long slot, long firstIndex, int entries) {
    this.slot = slot;
    this.firstIndex = firstIndex;
    this.results = new ArrayList<>(entries);
    this.authors = new ArrayList<>(entries);
  }

  /** The index that the next command to take effect gets. */
  long nextIndex() {
    return firstIndex + authors.size();
  }

  /** The entry took effect; {@code author} is -1 if it is not a post. */
  void effective(int author) {
    results.add(new Result.Taken(Outcome.DONE, nextIndex()));
    authors.add(author);
  }

  /** The entry has no index. */
  void ineffective(Result result) {
    ineffective.add(results.size());
    results.add(result);
  }

  void changed(Change change) {
    changes.add(change);
  }

  AppliedSlot finished() {
    return new AppliedSlot(
        slot, firstIndex, authors.size(), results, ineffective, authors, changes);
  }
}
