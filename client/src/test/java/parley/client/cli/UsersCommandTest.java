package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.client.v1.FakeCluster;
import parley.client.v1.FakeParley;

class UsersCommandTest {

  private final FakeCluster cluster = new FakeCluster();
  private final FakeParley frontend = new FakeParley(cluster);
  private final String server = frontend.address().toString();

  @AfterEach
  void stop() {
    frontend.close();
  }

  @Test
  void listsAllUsersOverAllPagesInOrder() {
    String[] names = IntStream.range(0, 2_500).mapToObj(i -> "user" + i).toArray(String[]::new);
    cluster.addUsers(names);
    CommandRun run = CommandRun.of("users", "--server", server);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).containsExactly(names);
  }

  @Test
  void listsFollowersAndFollowees() {
    cluster.addUsers("alice", "bob", "carl");
    cluster.follow("carl", "alice");
    cluster.follow("alice", "bob");
    assertThat(CommandRun.of("users", "--followers-of", "alice", "--server", server).out().lines())
        .containsExactly("carl");
    assertThat(CommandRun.of("users", "--followees-of", "alice", "--server", server).out().lines())
        .containsExactly("bob");
  }

  @Test
  void printsAnObjectForEachUser() {
    cluster.addUsers("al\"ice");
    assertThat(CommandRun.of("users", "--json", "--server", server).out().lines())
        .containsExactly("{\"name\":\"al\\\"ice\"}");
  }

  @Test
  void noNameDrivesTheTerminal() {
    cluster.addUsers("\u001b[2J");
    assertThat(CommandRun.of("users", "--server", server).out()).doesNotContain("\u001b");
  }
}
