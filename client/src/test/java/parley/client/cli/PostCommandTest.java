package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.client.v1.FakeCluster;
import parley.client.v1.FakeParley;

class PostCommandTest {

  private static final String TOO_LONG = "x".repeat(4_097);

  private final FakeCluster cluster = new FakeCluster();
  private final FakeParley frontend = new FakeParley(cluster);

  @AfterEach
  void stop() {
    frontend.close();
  }

  @Test
  void postsItsWordsAndPrintsTheIndex() {
    cluster.addUsers("alice");
    CommandRun run = CommandRun.of("post", "alice", "Hello,", "world", "--server", server());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).matches("[1-9]\\d*\\R");
    assertThat(cluster.texts("alice")).containsExactly("Hello, world");
  }

  @Test
  void missingAuthorIsAnErrorThatNamesTheRemedy() {
    CommandRun run = CommandRun.of("post", "alice", "hello", "--server", server());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("'alice'", "--create").hasLineCount(1);
    assertThat(cluster.users()).isEmpty();
  }

  @Test
  void createsTheAuthorIfAsked() {
    String[] arguments = {"post", "alice", "hello", "--create", "--server", server()};
    assertThat(CommandRun.of(arguments).exitCode()).isZero();
    assertThat(CommandRun.of(arguments).exitCode()).isZero();
    assertThat(cluster.texts("alice")).containsExactly("hello", "hello");
  }

  @Test
  void postsEachLineOfItsInputInOrder() {
    cluster.addUsers("alice");
    List<String> lines = IntStream.range(0, 2_000).mapToObj(i -> "line " + i).toList();
    CommandRun run =
        CommandRun.withInput(
            lines.stream().collect(Collectors.joining("\n", "", "\n")),
            "post",
            "alice",
            "--server",
            server());
    assertThat(run.exitCode()).isZero();
    assertThat(cluster.texts("alice")).isEqualTo(lines);
    assertThat(run.out().lines().map(Long::parseLong)).hasSize(2_000).isSorted();
  }

  @Test
  void saysWhichLineWasRefusedAndPostsTheOthers() {
    cluster.addUsers("alice");
    CommandRun run =
        CommandRun.withInput(
            "one\n" + TOO_LONG + "\nthree\n", "post", "alice", "-", "--server", server());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("line 2").hasLineCount(1);
    assertThat(run.out()).hasLineCount(2);
    assertThat(cluster.texts("alice")).containsExactly("one", "three");
  }

  @Test
  void printsAnObjectForEachPost() {
    cluster.addUsers("al\"ice");
    CommandRun run =
        CommandRun.withInput("say \"hi\"\n", "post", "al\"ice", "--json", "--server", server());
    assertThat(run.out())
        .matches(
            "\\{\"author\":\"al\\\\\"ice\",\"text\":\"say \\\\\"hi\\\\\"\",\"index\":\\d+}\\R");
  }

  @Test
  void goesOnAtAnotherFrontendWithoutDoublingAPost() throws Exception {
    cluster.addUsers("alice");
    try (FakeParley other = new FakeParley(cluster)) {
      frontend.dropAcknowledgements(1);
      CommandRun run =
          CommandRun.of(
              "post", "alice", "once", "--server", frontend.address() + "," + other.address());
      assertThat(run.exitCode()).isZero();
    }
    assertThat(cluster.texts("alice")).containsExactly("once");
  }

  @Test
  void ctrlCEndsAWaitForLostAcknowledgements() throws Exception {
    cluster.addUsers("alice");
    frontend.dropAcknowledgements(Integer.MAX_VALUE);
    CommandRun run = CommandRun.start("post", "alice", "hello", "--server", server());
    CommandRun.soon().until(() -> !cluster.texts("alice").isEmpty());
    run.pressCtrlC();
    assertThat(run.exitCode()).isEqualTo(130);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void givesUpWhenNothingIsAcknowledged() {
    cluster.addUsers("alice");
    frontend.dropAcknowledgements(Integer.MAX_VALUE);
    CommandRun run =
        CommandRun.of("post", "alice", "hello", "--timeout", "1", "--server", server());
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("not known").hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  private String server() {
    return frontend.address().toString();
  }
}
