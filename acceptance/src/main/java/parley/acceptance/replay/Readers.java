package parley.acceptance.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts what all streams have received: those that must receive everything, whom the ledger waits
 * for, and the others. For one thread at a time; the caller sees to that.
 */
final class Readers {

  private List<ChatStream> lasting = List.of();
  private List<ChatStream> others = List.of();

  /** Replaces the lasting readers; those who are no longer among them become others. */
  void lasting(List<ChatStream> streams) {
    List<ChatStream> gone = new ArrayList<>(others);
    gone.addAll(lasting);
    gone.removeAll(streams);
    others = gone;
    lasting = List.copyOf(streams);
  }

  /** Counts some more streams, without making them lasting. */
  void add(List<ChatStream> streams) {
    others = new ArrayList<>(others);
    others.addAll(streams);
  }

  /** What the lasting readers have received. */
  long receivedByLasting() {
    return sum(lasting);
  }

  /** What all readers have received. */
  long received() {
    return sum(lasting) + sum(others);
  }

  private static long sum(List<ChatStream> streams) {
    long sum = 0;
    for (ChatStream stream : streams) {
      sum += stream.log().count();
    }
    return sum;
  }
}
