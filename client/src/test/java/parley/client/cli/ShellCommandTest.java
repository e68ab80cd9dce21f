package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.client.v1.FakeCluster;
import parley.client.v1.FakeParley;

class ShellCommandTest {

  @TempDir private Path folder;
  private final FakeCluster cluster = new FakeCluster();
  private final FakeParley frontend = new FakeParley(cluster);
  private final FakeParley other = new FakeParley(cluster);

  @AfterEach
  void stop() {
    frontend.close();
    other.close();
  }

  @Test
  void scriptRunsItsCommandsAndPostsEveryLineAfterChat() throws IOException {
    cluster.addUsers("bob", "carl");
    List<String> posts = IntStream.range(0, 5_000).mapToObj(i -> "post " + i).toList();
    CommandRun run =
        script("JOIN bob\nLIST\nJoin carl\nLeave carl\nCHAT\n" + String.join("\n", posts) + "\n");

    assertThat(run.exitCode()).isZero();
    assertThat(cluster.followees("alice")).containsExactly("bob");
    assertThat(cluster.texts("alice")).isEqualTo(posts);
    assertThat(run.out().lines())
        .containsExactly(
            "Welcome, alice!",
            "alice follows bob now",
            "All users: bob, carl, alice",
            "You follow: bob",
            "alice follows carl now",
            "alice follows carl no more");
  }

  @Test
  void whoWasThereBeforeIsWelcomedBack() throws IOException {
    cluster.addUsers("alice");
    assertThat(script("LIST\n").out()).startsWith("Welcome back, alice!");
  }

  @Test
  void scriptStopsAtAMistakeAndNamesItsLine() throws IOException {
    cluster.addUsers("bob", "carl");
    CommandRun run = script("JOIN bob\nHELLO\nJOIN carl\n");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("line 2", "HELLO").hasLineCount(1);
    assertThat(cluster.followees("alice")).containsExactly("bob");
  }

  @Test
  void scriptStopsWhenTheClusterRefuses() throws IOException {
    CommandRun run = script("JOIN nobody\nCHAT\nhello\n");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("line 1", "'nobody'").hasLineCount(1);
    assertThat(cluster.texts("alice")).isEmpty();
  }

  @Test
  void refusedPostFailsTheScriptAndIsNamed() throws IOException {
    CommandRun run = script("CHAT\none\n" + "x".repeat(4_097) + "\nthree\n");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("post 2 was not posted").hasLineCount(2);
    assertThat(cluster.texts("alice")).containsExactly("one", "three");
  }

  @Test
  void pipedInputGoesOnAfterAMistake() {
    CommandRun run =
        CommandRun.withInput("HELLO\nCHAT\nhi\n", "shell", "alice", "--server", servers());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("'HELLO' is no command");
    assertThat(cluster.texts("alice")).containsExactly("hi");
  }

  @Test
  void chatShowsOldPostsThenLiveOnesAndGoesOnWhenTheFrontendDies() throws Exception {
    cluster.addUsers("alice", "bob");
    cluster.follow("alice", "bob");
    cluster.post("bob", "old");
    InputStream before = System.in;
    PipedOutputStream keyboard = new PipedOutputStream();
    try {
      System.setIn(new PipedInputStream(keyboard));
      CommandRun run = CommandRun.start("shell", "alice", "--server", servers());
      type(keyboard, "CHAT");
      CommandRun.soon().until(() -> run.out().contains("bob: old"));
      cluster.post("bob", "live");
      CommandRun.soon().until(() -> run.out().contains("bob: live"));

      FakeParley used = frontend.calls().contains("WatchHomeTimeline") ? frontend : other;
      FakeParley left = used == frontend ? other : frontend;
      used.kill();
      type(keyboard, "typed meanwhile");
      cluster.post("bob", "posted meanwhile");
      CommandRun.soon().until(() -> run.out().contains("bob: posted meanwhile"));
      CommandRun.soon().until(() -> cluster.texts("alice").contains("typed meanwhile"));
      CommandRun.soon()
          .until(
              () -> run.err().contains("reconnected to " + left.name() + " at " + left.address()));

      keyboard.close();
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().lines().filter(line -> line.contains("bob: "))).hasSize(3);
      assertThat(cluster.texts("alice")).containsExactly("typed meanwhile");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void missingScriptIsOneLine() {
    CommandRun run =
        CommandRun.of(
            "shell", "alice", "--script", folder.resolve("none").toString(), "--server", servers());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("there is no script").hasLineCount(1);
  }

  private static void type(PipedOutputStream keyboard, String line) throws IOException {
    keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  private CommandRun script(String text) throws IOException {
    Path script = Files.writeString(folder.resolve("script.txt"), text);
    return CommandRun.of("shell", "alice", "--script", script.toString(), "--server", servers());
  }

  private String servers() {
    return frontend.address() + "," + other.address();
  }
}
