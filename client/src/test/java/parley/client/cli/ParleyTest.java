package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.client.FakeFrontend;
import picocli.CommandLine;

class ParleyTest {

  static String[] commands() {
    return Parley.commandLine().getSubcommands().keySet().stream()
        .filter(name -> !name.equals("help"))
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "shell",
        "shell alice --server a:b",
        "post",
        "follow alice",
        "unfollow alice bob carl",
        "timeline",
        "timeline alice -n -1",
        "timeline alice --live --posts",
        "users --followers-of alice --followees-of bob",
        "users --timeout 0",
        "wait",
        "wait --server 127.0.0.1 --timeout soon",
        "wait --server 127.0.0.1 --timeout -1",
        "status --server :1",
        "status --server 127.0.0.1 --conf zk-conf",
        "load --writers 0",
        "load --rate 0",
        "replay",
        "replay file --speed 0"
      })
  void wrongUsageIsOneLineAndStatus2(String arguments) {
    CommandRun run = CommandRun.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("parley: ").contains("--help").hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHelpsWithAnExample(String command) {
    CommandRun run = CommandRun.of(command, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Example", "parley " + command);
  }

  @Test
  void helpSaysWhatTheExitStatusesMean() {
    CommandRun run = CommandRun.of("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("0 done", "1 failed", "2 wrong usage", "4 no answer", "130");
  }

  @Test
  void helpIsNotColouredWhereNobodySeesIt() {
    assertThat(CommandRun.of("--help").out()).doesNotContain("\u001b");
  }

  @Test
  void allCommandsAreThere() {
    assertThat(commands())
        .contains(
            "shell", "post", "follow", "unfollow", "timeline", "users", "status", "load", "replay");
    assertThat(Arrays.stream(commands()).map(this::spec))
        .allMatch(spec -> spec.usageMessage().description().length > 0);
  }

  private CommandLine.Model.CommandSpec spec(String command) {
    return Parley.commandLine().getSubcommands().get(command).getCommandSpec();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "post alice hello",
        "follow alice bob",
        "timeline alice",
        "users",
        "shell alice",
        "load --seconds 1"
      })
  void nobodyAnsweringIsOneLineAndStatus4(String arguments) {
    CommandRun run = CommandRun.of((arguments + " --server 127.0.0.1:1 --timeout 0.5").split(" "));
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).startsWith("parley: ").hasLineCount(1);
  }

  @Test
  void waitEndsWhenTheFrontendServes() throws Exception {
    try (FakeFrontend frontend = new FakeFrontend()) {
      frontend.serving(true);
      CommandRun run =
          CommandRun.of("wait", "--server", "127.0.0.1:1," + frontend.address(), "--timeout", "20");
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void waitForAllNamesWhoDoesNotServe() throws Exception {
    try (FakeFrontend frontend = new FakeFrontend()) {
      frontend.serving(true);
      CommandRun run =
          CommandRun.of(
              "wait", "--all", "--server", "127.0.0.1:1," + frontend.address(), "--timeout", "1.5");
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.err()).contains("127.0.0.1:1").doesNotContain("" + frontend.address());
    }
  }

  @Test
  void waitIsNotContentWithAFrontendThatDoesNotServe() throws Exception {
    try (FakeFrontend frontend = new FakeFrontend()) {
      frontend.serving(false);
      CommandRun run =
          CommandRun.of("wait", "--server", frontend.address().toString(), "--timeout", "0.5");
      assertThat(run.exitCode()).isEqualTo(4);
    }
  }
}
