package parley.coordinator.supervision;

import java.time.Duration;
import parley.coordinator.cluster.Settings;

/**
 * How often and how long a watcher looks before it acts.
 *
 * @param probe pause between two probes
 * @param answerWithin time after which a probe counts as lost
 * @param probesLost lost probes in a row after which a process counts as hung
 * @param lifeLineWithin time in which a started process must have opened its lifeline
 * @param pauseMax longest pause before a restart
 */
record Rhythm(
    Duration probe,
    Duration answerWithin,
    int probesLost,
    Duration lifeLineWithin,
    Duration pauseMax) {

  /** The part of a wait after which a watcher looks whether it was itself running. */
  static final Duration SLICE = Duration.ofMillis(100);

  static Rhythm of(Settings settings) {
    Duration probe = Duration.ofMillis(settings.probeMs());
    return new Rhythm(
        probe,
        // A machine that is short of CPU slows everybody down, and killing would not help it.
        probe.multipliedBy(2),
        settings.probesLost(),
        Duration.ofSeconds(30),
        Duration.ofMillis(settings.restartPauseMaxMs()));
  }
}
