package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.RealHosts;
import parley.acceptance.lab.ScriptRun;
import parley.client.v1.PageRequest;
import parley.client.v1.ParleyClient;

/** What {@code scripts/parley} owes a terminal, and a file. */
interface CommandLine extends Scenario {

  Duration COMMAND_TIMEOUT = Duration.ofSeconds(60);

  @ParameterizedTest
  @CsvSource({
    "shell somebody, Welcome, 130",
    "load --rate 10 --seconds 600, 0%, 130",
    "replay FILE --speed 1, 0%, 130",
    "timeline somebody --live, words, 0"
  })
  default void ctrlCEndsItAndLeavesTheTerminalAsItWas(
      String arguments, String shown, int status, @TempDir Path folder) throws Exception {
    prepare();
    String command = parley(arguments.replace("FILE", slowTrace(folder).toString()));
    // The shell that tells of the end is interrupted, too.
    String script = "sh -c 'trap : INT; %s; echo status=$?; stty -a'".formatted(command);
    try (Typist typist = Typist.start(script, folder, PATIENCE)) {
      typist.awaitSeen(0, shown);
      typist.interrupt();

      assertThat(typist.seen())
          .containsPattern("status=%d\\s".formatted(status))
          .containsPattern("\\sicanon\\s")
          .containsPattern("\\secho\\s");
      assertThat(typist.seen()).doesNotContain("Exception");
    }
  }

  @Test
  default void replayOnATerminalFillsItsBar(@TempDir Path folder) throws Exception {
    Path trace = folder.resolve("trace");
    Files.writeString(
        trace,
        IntStream.range(0, 200)
            .mapToObj(i -> "filler%d reader%d %d\n".formatted(i % 3, i % 2, i))
            .collect(Collectors.joining()));
    String command = parley("replay " + trace);

    assertThat(onATerminal(command, folder))
        .contains("100%", "200 posts", "exactly once and in order.");
  }

  @ParameterizedTest
  @CsvSource({
    "load --rate 50 --seconds 1",
    "users",
    "timeline somebody --posts",
    "post somebody words"
  })
  default void nothingButTextGoesIntoAFile(String arguments, @TempDir Path folder)
      throws Exception {
    prepare();
    ScriptRun.Result result =
        ScriptRun.start(List.of("bash", "-c", parley(arguments)), folder)
            .await(COMMAND_TIMEOUT)
            .orThrow();
    assertThat(result.output()).isNotEmpty().doesNotContain("\u001b", "\r");
  }

  @Test
  default void noColoursAreShownToWhoAskedForNone(@TempDir Path folder) throws Exception {
    prepare();
    String command = parley("timeline somebody --posts");
    assertThat(onATerminal(command, folder)).contains("\u001b", "words");
    assertThat(onATerminal("env NO_COLOR=1 " + command, folder))
        .doesNotContain("\u001b")
        .contains("words");
  }

  private static String onATerminal(String command, Path folder) throws Exception {
    return ScriptRun.start(List.of("script", "-qec", command, "/dev/null"), folder)
        .await(COMMAND_TIMEOUT)
        .orThrow()
        .output();
  }

  // Somebody who has posted, and follows someone who has.
  private void prepare() throws Exception {
    try (ParleyClient client = ParleyClient.connect(hosts().frontend(1).toString())) {
      for (String user : List.of("somebody", "someone")) {
        ParleyClient.await(client.createUser(user));
        if (ParleyClient.await(client.posts(user, PageRequest.first(1))).items().isEmpty()) {
          ParleyClient.await(client.outbox(user).post("words").committed());
        }
      }
      if (ParleyClient.await(client.follow("somebody", "someone"))) {
        ParleyClient.await(client.outbox("someone").post("words").committed());
      }
    }
  }

  private static Path slowTrace(Path folder) throws Exception {
    return Files.writeString(folder.resolve("slow"), "slow1 slow2 1\nslow2 slow1 900\n");
  }

  /** A command to the frontends of all hosts, for a shell. */
  default String parley(String arguments) {
    String servers =
        IntStream.rangeClosed(1, Hosts.COUNT)
            .mapToObj(host -> hosts().frontend(host).toString())
            .collect(Collectors.joining(","));
    return "%s %s --server %s"
        .formatted(RealHosts.home().resolve("scripts/parley"), arguments, servers);
  }
}
