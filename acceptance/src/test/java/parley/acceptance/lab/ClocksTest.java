package parley.acceptance.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClocksTest {

  private LabFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = LabFolder.create();
  }

  @AfterEach
  void delete() {
    Remains.delete(folder.path());
  }

  @Test
  void commandOfAHostReadsItsOwnClock() throws Exception {
    Clocks clocks = Clocks.own(folder);
    assumeThat(clocks.obstacle()).isEmpty();
    clocks.set(2, Duration.ofDays(-1));
    long right = epochSecond(List.of("date", "+%s"));
    assertThat(epochSecond(clocks.of(1, List.of("date", "+%s")))).isBetween(right, right + 60);
    assertThat(right - epochSecond(clocks.of(2, List.of("date", "+%s"))))
        .isBetween(Duration.ofDays(1).toSeconds() - 60, Duration.ofDays(1).toSeconds());
  }

  @Test
  void withoutClocksOfTheirOwnCommandsStayAsTheyAre() {
    Clocks clocks = Clocks.common(folder, "none here");
    assertThat(clocks.obstacle()).contains("none here");
    assertThat(clocks.of(1, List.of("date"))).containsExactly("date");
    assertThat(Files.exists(folder.clock(1))).isFalse();
  }

  private static long epochSecond(List<String> command) throws IOException, InterruptedException {
    return Long.parseLong(Command.run(command).strip());
  }
}
