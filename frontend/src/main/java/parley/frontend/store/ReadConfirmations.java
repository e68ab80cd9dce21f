package parley.frontend.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import parley.frontend.delivery.AppliedTimeline;

/**
 * Linearizable reads of this frontend's own timeline: asks the primary for an index and waits until
 * the timeline here has it (R14).
 *
 * <p>Reads share rounds: while one is under way, those that arrive wait for the next, because an
 * index confirmed for an earlier question proves nothing for a later one. Owned by the loop.
 */
public final class ReadConfirmations {
  private final AppliedTimeline timeline;
  private List<Read> waiting = new ArrayList<>();
  private List<Read> asked = new ArrayList<>();

  /** Rounds whose index is known and has not been applied here yet. */
  private final Set<List<Read>> confirmed = Collections.newSetFromMap(new IdentityHashMap<>());

  private ReadLine line;
  private long lastId;

  /** What is to be done with an up-to-date timeline. */
  public interface Read {
    /** Everything committed before this read was asked for has been applied here. */
    void onCurrent();

    /** Whether somebody still waits for it. */
    boolean isWanted();
  }

  /** Where the question goes. */
  interface ReadLine {
    void confirmRead(long id);
  }

  /** Reads will be made on this timeline. */
  public ReadConfirmations(AppliedTimeline timeline) {
    this.timeline = timeline;
  }

  /** Runs the read as soon as the timeline here holds everything committed before this call. */
  public void read(Read read) {
    waiting.add(read);
    maybeAsk();
  }

  /** Drops reads that nobody waits for any more; to be called now and then. */
  public void dropUnwanted() {
    waiting.removeIf(read -> !read.isWanted());
    asked.removeIf(read -> !read.isWanted());
    confirmed.forEach(round -> round.removeIf(read -> !read.isWanted()));
  }

  void onLineOpen(ReadLine opened) {
    line = opened;
    asked.addAll(waiting);
    waiting = asked;
    asked = new ArrayList<>();
    maybeAsk();
  }

  void onLineClosed() {
    line = null;
  }

  void onConfirmed(long id, long index) {
    if (id != lastId || asked.isEmpty()) {
      return;
    }
    List<Read> round = asked;
    asked = new ArrayList<>();
    confirmed.add(round);
    timeline.whenApplied(
        index,
        () -> {
          confirmed.remove(round);
          round.forEach(Read::onCurrent);
        });
    maybeAsk();
  }

  private void maybeAsk() {
    if (line != null && asked.isEmpty() && !waiting.isEmpty()) {
      asked = waiting;
      waiting = new ArrayList<>();
      line.confirmRead(++lastId);
    }
  }
}
