package parley.coordinator.supervision;

/** What became of an attempt to start a process. */
sealed interface Launch {
  /** It runs now, by this attempt. */
  record Started(long pid) implements Launch {}

  /** It runs already. */
  record Running(long pid) implements Launch {}

  /** Who wanted it started has itself ended meanwhile: its host is being stopped. */
  record Withdrawn() implements Launch {}

  /** It could not be started; says why. */
  record Failed(String reason) implements Launch {}
}
