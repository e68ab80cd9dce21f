package parley.acceptance.faults;

import java.util.List;
import java.util.Locale;

/** What a cell of the matrix must reach, as a median over its repetitions. */
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

  /** How large its median may be. */
  double limit();

  default Outcome outcome(List<Measurement> repetitions) {
    double median = Medians.of(repetitions, this::figure);
    if (Double.isNaN(median)) {
      return Outcome.NOT_MEASURED;
    }
    return median <= limit() ? Outcome.MET : Outcome.MISSED;
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

  /** No user of the library, wherever connected, notices a pause longer than so many seconds. */
  record LibraryPauseAtMost(double limit) implements Goal {
    @Override
    public String words() {
      return String.format(Locale.ROOT, "library pause ≤ %.1f s", limit);
    }

    @Override
    public double figure(Measurement repetition) {
      return repetition.libraryFaultPause();
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
