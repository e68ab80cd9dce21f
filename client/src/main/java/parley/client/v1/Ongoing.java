package parley.client.v1;

import com.google.protobuf.MessageLite;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import parley.client.base.Pauses;

/**
 * Something that a client has under way, over whichever connection there is: it is opened anew over
 * each, and again after a pause where it failed on one that lives. Owned by the loop.
 */
abstract class Ongoing {
  private static final int PAUSE_FIRST_MS = 50;
  private static final int PAUSE_LAST_MS = 2_000;

  private final Loop loop;
  private final Connector connector;
  private final Consumer<Connection> onConnected = this::onConnected;
  private final Pauses pauses = new Pauses(PAUSE_FIRST_MS, PAUSE_LAST_MS, new SplittableRandom());
  private Optional<Future<?>> again = Optional.empty();

  Ongoing(Loop loop, Connector connector) {
    this.loop = loop;
    this.connector = connector;
  }

  /** What it opens with. */
  abstract MessageLite opening();

  /** Opens it over a connection; whatever it was opened over before counts no more. */
  abstract void open(Connection connection);

  /** Gives it up for good. */
  abstract void fail(ParleyException why);

  final Loop loop() {
    return loop;
  }

  /** Why it had to wait, if it had. */
  final String problem() {
    return connector.problem();
  }

  final void begin() {
    connector.add(onConnected);
  }

  /** It goes well: the next pause is a short one. */
  final void goesWell() {
    pauses.reset();
  }

  /**
   * It failed, and shall be opened again: over this connection, if there is no other until then.
   */
  final void openLater() {
    cancel();
    again =
        Optional.of(
            loop.schedule(pauses.nextMs(), () -> connector.current().ifPresent(this::onConnected)));
  }

  final void end() {
    cancel();
    connector.remove(onConnected);
  }

  private void onConnected(Connection connection) {
    cancel();
    open(connection);
  }

  private void cancel() {
    again.ifPresent(pending -> pending.cancel(false));
    again = Optional.empty();
  }
}
