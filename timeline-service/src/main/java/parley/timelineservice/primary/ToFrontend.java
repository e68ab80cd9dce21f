package parley.timelineservice.primary;

import java.util.List;
import parley.timelineservice.timeline.Outcome;

/**
 * What the primary says to a frontend on its line; the meaning stands in {@code
 * parley/store/store.proto}.
 */
public sealed interface ToFrontend {

  record Registered(long current) implements ToFrontend {}

  record Submitted(long firstNumber, List<Outcome> outcomes, long lastIndex)
      implements ToFrontend {}

  /** What was submitted is void: send again from this number on (R12). */
  record Resend(long firstNumber, long fromNumber) implements ToFrontend {}

  /** The client is unknown or superseded (R11). */
  record UnknownClient(long firstNumber) implements ToFrontend {}

  record ReadConfirmed(long id, long index) implements ToFrontend {}

  record Claimed(long id, boolean granted) implements ToFrontend {}

  record Released(long id) implements ToFrontend {}

  record IsHeld(long id, String name) implements ToFrontend {}
}
