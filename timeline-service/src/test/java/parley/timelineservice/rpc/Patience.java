package parley.timelineservice.rpc;

import java.time.Duration;

/** How long the tests of this package wait for what must happen: long, for busy machines. */
final class Patience {

  static final Duration LIMIT = Duration.ofSeconds(60);

  private Patience() {}
}
