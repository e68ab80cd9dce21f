package parley.acceptance.faults;

import java.util.List;
import java.util.Locale;

/**
 * What a cell of the matrix must reach: by the median of its repetitions, where nothing else is
 * said.
 */
sealed interface Goal {

  /** Whether a goal is met. */
  enum Outcome {
    MET("met"),
    MISSED("**NOT met**"),
    /** No repetition has a figure. */
    NOT_MEASURED("not measured");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    /** In words, for the table. */
    String words() {
      return words;
    }
  }

  /** In words, for the table. */
  String words();

  /** What must be small enough; not a number if it was not measured. */
  double figure(Measurement repetition);

  /** How large it may be. */
  double limit();

  /** What of all repetitions must be small enough; not a number if none has a figure. */
  default double judged(List<Measurement> repetitions) {
    return Medians.of(repetitions, this::figure);
  }

  /** Whether these repetitions reach it. */
  default Outcome outcome(List<Measurement> repetitions) {
    double judged = judged(repetitions);
    if (Double.isNaN(judged)) {
      return Outcome.NOT_MEASURED;
    }
    return judged <= limit() ? Outcome.MET : Outcome.MISSED;
  }

  /** Clients of unaffected frontends notice no pause longer than so many seconds. */
  record PauseAtMost(double limit) implements Goal {
    @Override
    public String words() {
      return String.format(Locale.ROOT, "pause ≤ %.1f s", limit);
    }

    @Override
    public double figure(Measurement repetition) {
      return repetition.faultPause();
    }
  }

  /** The pause is at most so many times that of the window without a fault before it. */
  record PauseRatioAtMost(double limit) implements Goal {
    @Override
    public String words() {
      return String.format(Locale.ROOT, "pause ≤ %.1f × that without", limit);
    }

    @Override
    public double figure(Measurement repetition) {
      return repetition.pauseRatio();
    }
  }

  /**
   * No user of the library, wherever connected, notices a pause longer than so many seconds, in any
   * repetition.
   */
  record LibraryPauseAtMost(double limit) implements Goal {

    /** After any one process was killed. */
    static final LibraryPauseAtMost KILLED = new LibraryPauseAtMost(1);

    /** While a host is cut off. */
    static final LibraryPauseAtMost CUT_OFF = new LibraryPauseAtMost(4);

    @Override
    public String words() {
      return String.format(Locale.ROOT, "library pause ≤ %.1f s", limit);
    }

    @Override
    public double figure(Measurement repetition) {
      return repetition.libraryFaultPause();
    }

    @Override
    public double judged(List<Measurement> repetitions) {
      return Medians.max(repetitions, this::figure);
    }
  }

  /** What was hit serves again within so many seconds. */
  record BackWithin(double limit) implements Goal {
    @Override
    public String words() {
      return String.format(Locale.ROOT, "back ≤ %.1f s", limit);
    }

    @Override
    public double figure(Measurement repetition) {
      return repetition.backAfter();
    }
  }
}
