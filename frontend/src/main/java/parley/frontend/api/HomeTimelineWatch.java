package parley.frontend.api;

import parley.frontend.call.InvalidInput;
import parley.frontend.call.Parts;
import parley.frontend.call.StreamCall;
import parley.frontend.delivery.Subscriber;
import parley.frontend.delivery.Subscription;
import parley.proto.v1.WatchHomeTimelineRequest;

/**
 * One WatchHomeTimeline: a session of the fan-out that begins behind a cursor. Holds no posts: what
 * the client cannot take yet is read on for later. Owned by the loop.
 */
final class HomeTimelineWatch extends OpeningStream<WatchHomeTimelineRequest, byte[]>
    implements Subscriber {
  private final Parts parts;
  private final Readings readings;
  private final HomeTimelineWatches watches;

  /** Null until the stream is open. */
  private Subscription subscription;

  private boolean sentLately;

  HomeTimelineWatch(
      Parts parts,
      Readings readings,
      HomeTimelineWatches watches,
      StreamCall<WatchHomeTimelineRequest, byte[]> client) {
    super(parts.openCalls(), client);
    this.parts = parts;
    this.readings = readings;
    this.watches = watches;
    client.request(1);
  }

  @Override
  void onFirst(WatchHomeTimelineRequest request) throws InvalidInput {
    String user = request.getUser();
    parts.rules().checkName("user", user);
    if (request.getCursor().isEmpty()) {
      readings.whenCurrent(
          this, () -> open(user, parts.timeline().appliedIndex()), new NamedUser("user", user));
    } else {
      long index = Token.CURSOR.read("cursor", request.getCursor())[0];
      readings.whenReached(
          index, "cursor", this, () -> open(user, index), new NamedUser("user", user));
    }
  }

  @Override
  void onFurther(WatchHomeTimelineRequest request) {
    throw new IllegalStateException("a message has come that was not requested");
  }

  @Override
  void onLast() {
    // That is how every such call begins.
  }

  @Override
  void onEnd() {
    watches.remove(this);
    if (subscription != null) {
      parts.timeline().fanout().close(subscription);
    }
  }

  @Override
  public void onReady() {
    if (subscription != null) {
      parts.timeline().fanout().onReady(subscription);
    }
  }

  @Override
  public boolean isReady() {
    return client().isReady();
  }

  @Override
  public void deliver(long index, byte[] message) {
    client().send(HomeTimelineMessages.post(message, index));
    sentLately = true;
  }

  /** To be called now and then: moves the client's cursor if nothing else has since. */
  void tick() {
    if (!sentLately && isReady()) {
      client().send(HomeTimelineMessages.cursor(parts.timeline().fanout().position(subscription)));
    }
    sentLately = false;
  }

  private void open(String user, long index) {
    opened();
    subscription =
        parts.timeline().fanout().subscribeFrom(index, parts.timeline().graph().idOf(user), this);
    client().send(HomeTimelineMessages.cursor(index));
    sentLately = true;
    watches.add(this);
    parts.timeline().fanout().start(subscription);
  }
}
