package parley.coordinator.supervision;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the account of a role's lives for one of those who start it again, and says when it may.
 * For one thread.
 */
final class Restarts {
  private static final Logger log = LoggerFactory.getLogger(Restarts.class);

  private final Path file;
  private final LongSupplier uptimeMs;

  /** What could not be written, and is newer than the file. */
  private Optional<Life> unwritten = Optional.empty();

  Restarts(Path file, LongSupplier uptimeMs) {
    this.file = file;
    this.uptimeMs = uptimeMs;
  }

  /** It is about to be started; if that fails, it has died at once. */
  void begun() {
    long nowMs = uptimeMs.getAsLong();
    keep(life(nowMs).next(nowMs));
  }

  /** A person has started it, having seen to what was wrong with it. */
  void begunAnew() {
    keep(Life.first(uptimeMs.getAsLong()));
  }

  /** How long ago it was started last, as far as is known. */
  Duration lived() {
    long nowMs = uptimeMs.getAsLong();
    return Duration.ofMillis(nowMs - life(nowMs).startedMs());
  }

  /** It is dead: how long it must not be started yet. Counts each death once. */
  Duration pause(RestartPauses pauses) {
    long nowMs = uptimeMs.getAsLong();
    Life life = life(nowMs);
    Life ended = life.ended(nowMs, pauses);
    if (!ended.equals(life)) {
      keep(ended);
    }
    long leftMs = ended.restartMs() - nowMs;
    return Duration.ofMillis(Math.max(0, Math.min(leftMs, pauses.max().toMillis())));
  }

  // What a machine did before its own last start is of no account.
  private Life life(long nowMs) {
    return unwritten
        .or(() -> Life.read(file))
        .filter(life -> life.startedMs() <= nowMs)
        .orElse(Life.first(0));
  }

  private void keep(Life life) {
    try {
      life.write(file);
      unwritten = Optional.empty();
    } catch (IOException e) {
      log.debug("{} cannot be written: {}", file, e.getMessage());
      unwritten = Optional.of(life);
    }
  }
}
