package parley.acceptance.faults;

import java.util.List;
import java.util.Locale;

/** What a cell of the matrix must reach, as a median over its repetitions. */
sealed interface Goal {

  /** In words, for the table. */
  String words();

  /** Whether it is met. */
  boolean isMet(List<Measurement> repetitions);

  /** Clients of unaffected frontends notice no pause longer than so many seconds. */
  record PauseAtMost(double seconds) implements Goal {
    @Override
    public String words() {
      return String.format(Locale.ROOT, "pause ≤ %.1f s", seconds);
    }

    @Override
    public boolean isMet(List<Measurement> repetitions) {
      return Medians.of(repetitions, Measurement::faultPause) <= seconds;
    }
  }

  /** The pause is at most so many times that of the window without a fault before it. */
  record PauseRatioAtMost(double ratio) implements Goal {
    @Override
    public String words() {
      return String.format(Locale.ROOT, "pause ≤ %.1f × that without", ratio);
    }

    @Override
    public boolean isMet(List<Measurement> repetitions) {
      return Medians.of(repetitions, Measurement::pauseRatio) <= ratio;
    }
  }

  /** What was hit serves again within so many seconds. */
  record BackWithin(double seconds) implements Goal {
    @Override
    public String words() {
      return String.format(Locale.ROOT, "back ≤ %.1f s", seconds);
    }

    @Override
    public boolean isMet(List<Measurement> repetitions) {
      return Medians.of(repetitions, Measurement::backAfter) <= seconds;
    }
  }
}
