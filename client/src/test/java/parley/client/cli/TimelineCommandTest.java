package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.client.v1.FakeCluster;
import parley.client.v1.FakeParley;

class TimelineCommandTest {

  private final FakeCluster cluster = new FakeCluster();
  private final FakeParley frontend = new FakeParley(cluster);
  private final FakeParley other = new FakeParley(cluster);
  private final String servers = frontend.address() + "," + other.address();

  @BeforeEach
  void follow() {
    cluster.addUsers("alice", "bob");
    cluster.follow("alice", "bob");
  }

  @AfterEach
  void stop() {
    frontend.close();
    other.close();
  }

  @Test
  void showsTheNewestPostsTheNewestLast() {
    post(0, 30);
    CommandRun run = CommandRun.of("timeline", "alice", "--server", servers);
    assertThat(run.exitCode()).isZero();
    assertThat(texts(run)).isEqualTo(posts(10, 30));
  }

  @Test
  void readsAsManyPagesAsItNeeds() {
    post(0, 2_100);
    CommandRun run = CommandRun.of("timeline", "alice", "-n", "2050", "--server", servers);
    assertThat(texts(run)).isEqualTo(posts(50, 2_100));
  }

  @Test
  void showsAUsersOwnPosts() {
    post(0, 3);
    assertThat(texts(CommandRun.of("timeline", "bob", "--posts", "-n", "2", "--server", servers)))
        .isEqualTo(posts(1, 3));
    assertThat(texts(CommandRun.of("timeline", "bob", "--server", servers))).isEmpty();
  }

  @Test
  void printsAnObjectForEachPost() {
    long index = cluster.post("bob", "say \"hi\"");
    assertThat(CommandRun.of("timeline", "alice", "--json", "--server", servers).out().lines())
        .containsExactly(
            "{\"author\":\"bob\",\"text\":\"say \\\"hi\\\"\",\"time\":\"1970-01-01T00:00:00Z\",\"index\":%d}"
                .formatted(index));
  }

  @Test
  void missingUserIsNamed() {
    CommandRun run = CommandRun.of("timeline", "carl", "--server", servers);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("'carl'").hasLineCount(1);
  }

  @Test
  void liveGoesOnWithoutGapWhenTheFrontendDiesAndCtrlCEndsItWell() throws Exception {
    post(0, 5);
    CommandRun run =
        CommandRun.start("timeline", "alice", "-n", "3", "--live", "--server", servers);
    CommandRun.soon().until(() -> texts(run).equals(posts(2, 5)));
    post(5, 10);
    CommandRun.soon().until(() -> texts(run).equals(posts(2, 10)));
    FakeParley used = frontend.calls().contains("WatchHomeTimeline") ? frontend : other;
    used.kill();
    post(10, 20);
    CommandRun.soon().until(() -> texts(run).equals(posts(2, 20)));
    CommandRun.soon().until(() -> run.err().contains("reconnected to "));
    run.pressCtrlC();
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("connection to " + used.address() + " lost: ");
  }

  private void post(int from, int to) {
    posts(from, to).forEach(text -> cluster.post("bob", text));
  }

  private static List<String> posts(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "post " + i).toList();
  }

  private static List<String> texts(CommandRun run) {
    return run.out().lines().map(line -> line.replaceFirst("^\\[.*] bob: ", "")).toList();
  }
}
