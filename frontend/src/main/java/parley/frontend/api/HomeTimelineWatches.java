package parley.frontend.api;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The open WatchHomeTimeline streams: moves the cursors of those that receive nothing, so that a
 * client which comes back later need not have the log read from far behind. Owned by the loop.
 */
final class HomeTimelineWatches {
  private final Set<HomeTimelineWatch> open = new LinkedHashSet<>();

  void add(HomeTimelineWatch watch) {
    open.add(watch);
  }

  void remove(HomeTimelineWatch watch) {
    open.remove(watch);
  }

  /** To be called now and then: a quiet stream sends a cursor at every second call or sooner. */
  void tick() {
    open.forEach(HomeTimelineWatch::tick);
  }
}
