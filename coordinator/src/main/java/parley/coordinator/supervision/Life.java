package parley.coordinator.supervision;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a role has fared on this host lately, as its file says to all who look after it: they may die
 * as often as it does, and must not each begin to count anew.
 *
 * @param startedMs when it was started last, in milliseconds of the machine's {@link Uptime}
 * @param deathsInARow how often it has died without having lived in between
 * @param restartMs after its death: when it may be started again; {@link #ALIVE} before
 */
record Life(long startedMs, int deathsInARow, long restartMs) {
  /** A life that long shows that the process can live, however slow its start was. */
  static final Duration LONG = Duration.ofSeconds(30);

  private static final long ALIVE = 0;
  private static final Pattern FORM =
      Pattern.compile("started (\\d{1,13}) deaths (\\d{1,9}) restart (\\d{1,13})");

  /** The first one, or the first after a person has seen to it. */
  static Life first(long nowMs) {
    return new Life(nowMs, 0, ALIVE);
  }

  /** What the file says, or nothing where it is missing or not whole. */
  static Optional<Life> read(Path file) {
    return new HintFile(file)
        .read(FORM)
        .map(
            found ->
                new Life(
                    Long.parseLong(found.group(1)),
                    Integer.parseInt(found.group(2)),
                    Long.parseLong(found.group(3))));
  }

  void write(Path file) throws IOException {
    new HintFile(file)
        .write("started %d deaths %d restart %d".formatted(startedMs, deathsInARow, restartMs));
  }

  /** The one that begins now. */
  Life next(long nowMs) {
    return new Life(nowMs, deathsInARow, ALIVE);
  }

  /** Its end, with the pause that is due; the same where its end is known already. */
  Life ended(long nowMs, RestartPauses pauses) {
    if (restartMs != ALIVE) {
      return this;
    }
    boolean livedLong = nowMs - startedMs >= LONG.toMillis();
    int deaths = livedLong ? 1 : deathsInARow + 1;
    return new Life(startedMs, deaths, nowMs + pauses.after(deaths).toMillis());
  }
}
