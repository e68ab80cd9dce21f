package parley.frontend.api;

import parley.frontend.call.Answerable;
import parley.frontend.call.InvalidInput;
import parley.frontend.delivery.AppliedTimeline;
import parley.frontend.store.ReadConfirmations;

/**
 * Lets calls read this frontend's timeline when it is recent enough for them, and ends those that
 * name users who do not exist. Owned by the loop.
 */
final class Readings {
  private final AppliedTimeline timeline;
  private final ReadConfirmations reads;

  Readings(AppliedTimeline timeline, ReadConfirmations reads) {
    this.timeline = timeline;
    this.reads = reads;
  }

  /** Goes on when everything is here that was committed before, and the users exist. */
  void whenCurrent(Answerable call, Runnable then, NamedUser... users) {
    reads.read(
        new ReadConfirmations.Read() {
          @Override
          public void onCurrent() {
            if (!call.isOpen()) {
              return;
            }
            NamedUser unknown = firstUnknown(users);
            if (unknown != null) {
              Refusal.noUser(unknown).end(call);
            } else {
              then.run();
            }
          }

          @Override
          public boolean isWanted() {
            return call.isOpen();
          }
        });
  }

  /** Goes on when the users are known here: at once if they are, because users never go away. */
  void whenKnown(Answerable call, Runnable then, NamedUser... users) {
    if (firstUnknown(users) == null) {
      then.run();
    } else {
      whenCurrent(call, then, users);
    }
  }

  /**
   * Goes on when an index that a client names has been applied here, and the users exist.
   *
   * @param field where the client has named it. It has it from a response, so if it is still to
   *     come when everything committed is here, there is no such place
   */
  void whenReached(long index, String field, Answerable call, Runnable then, NamedUser... users) {
    if (timeline.isLoaded() && timeline.appliedIndex() >= index) {
      whenKnown(call, then, users);
      return;
    }
    whenCurrent(
        call,
        () -> {
          if (timeline.appliedIndex() >= index) {
            then.run();
          } else {
            Refusal.invalid(
                    new InvalidInput(
                        field, "the %s names a place that is still to come".formatted(field)))
                .end(call);
          }
        },
        users);
  }

  /** The first of these who is not known here; null if all are. */
  private NamedUser firstUnknown(NamedUser... users) {
    for (NamedUser user : users) {
      if (!timeline.graph().contains(user.name())) {
        return user;
      }
    }
    return null;
  }
}
