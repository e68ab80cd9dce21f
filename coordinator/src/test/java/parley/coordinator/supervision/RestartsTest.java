package parley.coordinator.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartsTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final RestartPauses pauses = new RestartPauses(Duration.ofSeconds(10), new Random(1));
  private long uptimeMs = 1_000_000;
  private Path file;

  @BeforeEach
  void nameFile(@TempDir Path folder) {
    file = folder.resolve("role.life");
  }

  @Test
  void whatHasLivedIsRestartedAtOnce() {
    Restarts restarts = watcher();
    for (int death = 1; death < 10; death++) {
      assertThat(deathAfter(restarts, Life.LONG)).isZero();
    }
  }

  @Test
  void pausesGoOnGrowingWhereEachWatcherDiesTooAndEndWithALongLife() {
    assertThat(deathAfter(watcher(), SHORT)).isZero();
    assertThat(deathAfter(watcher(), SHORT)).isPositive();
    Duration third = deathAfter(watcher(), SHORT);
    deathAfter(watcher(), SHORT);
    assertThat(deathAfter(watcher(), SHORT)).isGreaterThan(third);
    assertThat(deathAfter(watcher(), Life.LONG)).isZero();
  }

  @Test
  void oneDeathIsCountedOnceHoweverManyLookAtIt() {
    Restarts first = watcher();
    deathAfter(first, SHORT);
    Duration pause = deathAfter(first, SHORT);
    uptimeMs += pause.toMillis() / 2;
    assertThat(watcher().pause(pauses)).isEqualTo(pause.minusMillis(pause.toMillis() / 2));
    uptimeMs += pause.toMillis();
    assertThat(watcher().pause(pauses)).isZero();
    assertThat(Life.read(file).orElseThrow().deathsInARow()).isEqualTo(2);
  }

  @Test
  void whoeverStartsItByHandBeginsAnew() {
    for (int death = 1; death < 10; death++) {
      deathAfter(watcher(), SHORT);
    }
    watcher().begunAnew();
    uptimeMs += SHORT.toMillis();
    assertThat(watcher().pause(pauses)).isZero();
  }

  @Test
  void aTimeBeforeTheMachineWasStartedIsOfNoAccount() throws IOException {
    new Life(uptimeMs + 1, 9, uptimeMs + 100_000).write(file);
    assertThat(watcher().pause(pauses)).isZero();
  }

  @Test
  void pausesGrowAlsoWhereNothingCanBeWritten() throws IOException {
    Files.createDirectory(file);
    Restarts restarts = watcher();
    assertThat(deathAfter(restarts, SHORT)).isZero();
    assertThat(deathAfter(restarts, SHORT)).isPositive();
  }

  @Test
  void lifeIsWhatItWasWhenWrittenLongAndThenShort() throws IOException {
    Life life = new Life(9_999_999_999_999L, 999_999_999, 9_999_999_999_999L);
    life.write(file);
    assertThat(Life.read(file)).contains(life);
    Life.first(1).write(file);
    assertThat(Life.read(file)).contains(Life.first(1));
    Files.writeString(file, "started 1 deaths");
    assertThat(Life.read(file)).isEmpty();
  }

  @Test
  void uptimeGoesOn() {
    long before = Uptime.millis();
    assertThat(before).isPositive();
    assertThat(Uptime.millis()).isGreaterThanOrEqualTo(before);
  }

  private Restarts watcher() {
    return new Restarts(file, () -> uptimeMs);
  }

  private Duration deathAfter(Restarts watcher, Duration life) {
    watcher.begun();
    uptimeMs += life.toMillis();
    assertThat(watcher.lived()).isEqualTo(life);
    return watcher.pause(pauses);
  }
}
