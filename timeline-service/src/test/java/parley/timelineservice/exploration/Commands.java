package parley.timelineservice.exploration;

import java.util.List;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.traces.Notation;

/** The batches that primaries propose: each has its own name, so that no two can be mistaken. */
final class Commands {

  private static final Notation NOTATION = new Notation();
  private static final List<Batch> BATCHES =
      List.of("v", "w", "x", "y", "z").stream().map(NOTATION::named).toList();

  private Commands() {}

  /** The nth command that is taken by any primary, from 1. */
  static Batch batch(int number) {
    return BATCHES.get(number - 1);
  }
}
