package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.client.FakeFrontend;
import parley.proto.hw2.Message;
import picocli.CommandLine;

class ParleyTest {

  @TempDir private Path folder;
  private FakeFrontend frontend;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void start() throws IOException {
    frontend = new FakeFrontend();
  }

  @AfterEach
  void stop() {
    frontend.close();
  }

  @Test
  void scriptRunsItsCommandsAndPostsEveryLineAfterChat() throws IOException {
    List<String> posts = IntStream.range(0, 5_000).mapToObj(i -> "post " + i).toList();
    Path script = script("JOIN bob\nLIST\nLeave carl\nCHAT\n" + String.join("\n", posts) + "\n");

    assertThat(shell("alice", "--script", script.toString())).isZero();

    assertThat(frontend.calls())
        .startsWith("login alice", "join alice bob", "list alice", "leave alice carl")
        .contains("half-close");
    assertThat(frontend.chatted().stream().skip(1).map(Message::getMsg)).isEqualTo(posts);
  }

  @Test
  void takenNameHasAnExitStatusOfItsOwn() throws IOException {
    assertThat(shell("taken", "--script", script("LIST\n").toString())).isEqualTo(3);
    assertThat(err.toString()).contains("Invalid Username").hasLineCount(1);
    assertThat(frontend.calls()).containsExactly("login taken");
  }

  @Test
  void scriptStopsAtAMistakeAndNamesItsLine() throws IOException {
    Path script = script("JOIN bob\nHELLO\nJOIN carl\n");
    assertThat(shell("alice", "--script", script.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("line 2", "HELLO").hasLineCount(1);
    assertThat(frontend.calls()).doesNotContain("join alice carl");
  }

  @Test
  void scriptStopsWhenTheServerRefuses() throws IOException {
    assertThat(shell("alice", "--script", script("JOIN unlucky\n").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("line 1", "'unlucky' will not do").hasLineCount(1);
  }

  @Test
  void brokenChatFailsTheScript() throws Exception {
    Path script = script("CHAT\n" + "some text\n".repeat(100_000));
    Thread breaker =
        new Thread(
            () -> {
              try {
                frontend.breakChat(Status.INVALID_ARGUMENT.withDescription("text too long"));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    breaker.start();
    assertThat(shell("alice", "--script", script.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("text too long").hasLineCount(1);
    breaker.join();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "shell",
        "shell alice --server a:b",
        "wait",
        "wait --server 127.0.0.1 --timeout soon",
        "wait --server 127.0.0.1 --timeout -1",
        "status --server :1"
      })
  void wrongUsageIsOneLineAndStatus2(String arguments) {
    assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).startsWith("parley: ").contains("--help").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "shell", "wait", "status"})
  void everyCommandHelpsWithAnExample(String command) {
    assertThat(run((command + " --help").strip().split(" "))).isZero();
    assertThat(out.toString()).contains("Example", "parley " + command);
  }

  @Test
  void missingScriptIsOneLine() {
    assertThat(shell("alice", "--script", folder.resolve("none").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("there is no script").hasLineCount(1);
  }

  @Test
  void waitEndsWhenTheFrontendServes() {
    frontend.serving(true);
    assertThat(run("wait", "--server", "127.0.0.1:1," + frontend.address(), "--timeout", "20"))
        .isZero();
  }

  @Test
  void waitForAllNamesWhoDoesNotServe() {
    frontend.serving(true);
    assertThat(
            run(
                "wait",
                "--all",
                "--server",
                "127.0.0.1:1," + frontend.address(),
                "--timeout",
                "1.5"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("127.0.0.1:1").doesNotContain("" + frontend.address());
  }

  @Test
  void waitIsNotContentWithAFrontendThatDoesNotServe() {
    frontend.serving(false);
    assertThat(run("wait", "--server", frontend.address().toString(), "--timeout", "0.5"))
        .isEqualTo(1);
  }

  @Test
  void statusSaysUnreachableAndFails() {
    assertThat(run("status", "--server", "127.0.0.1:1")).isEqualTo(1);
    assertThat(out.toString()).contains("unreachable");
  }

  private int shell(String user, String... more) {
    String[] arguments = new String[4 + more.length];
    arguments[0] = "shell";
    arguments[1] = user;
    arguments[2] = "--server";
    arguments[3] = frontend.address().toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return run(arguments);
  }

  private int run(String... arguments) {
    CommandLine commandLine = Parley.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  private Path script(String text) throws IOException {
    return Files.writeString(folder.resolve("script.txt"), text);
  }
}
