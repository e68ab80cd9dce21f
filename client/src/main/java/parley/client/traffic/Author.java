package parley.client.traffic;

import java.util.function.BiConsumer;
import parley.client.v1.Outbox;
import parley.client.v1.ParleyException;

/** Numbers one author's posts and puts them into an outbox. For one thread, but for its count. */
final class Author implements AutoCloseable {

  private final Outbox outbox;
  private final String run;
  // Each is told when a post was planned, and why it has failed, or null.
  private final BiConsumer<Long, Throwable> onOver;
  private final Tally committed = new Tally();
  private long posted;

  Author(Outbox outbox, String run, BiConsumer<Long, Throwable> onOver) {
    this.outbox = outbox;
    this.run = run;
    this.onOver = onOver;
  }

  void post(long plannedNanos) throws InterruptedException, ParleyException {
    posted++;
    outbox
        .post(new Mark(posted, plannedNanos).toText(run))
        .committed()
        .whenComplete(
            (index, failure) -> {
              if (failure == null) {
                committed.add();
              }
              onOver.accept(plannedNanos, failure);
            });
  }

  /** How many of its posts are safe. */
  long committed() {
    return committed.count();
  }

  @Override
  public void close() {
    outbox.close();
  }
}
