package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.client.v1.FakeCluster;
import parley.client.v1.FakeParley;

class FollowCommandsTest {

  private final FakeCluster cluster = new FakeCluster();
  private final FakeParley frontend = new FakeParley(cluster);

  @BeforeEach
  void addUsers() {
    cluster.addUsers("alice", "bob");
  }

  @AfterEach
  void stop() {
    frontend.close();
  }

  @Test
  void followSaysWhetherAnythingChanged() {
    assertThat(run("follow", "alice", "bob").out()).startsWith("alice follows bob now");
    assertThat(run("follow", "alice", "bob").out()).startsWith("alice follows bob already");
    assertThat(cluster.followees("alice")).containsExactly("bob");
  }

  @Test
  void unfollowSaysWhetherAnythingChanged() {
    cluster.follow("alice", "bob");
    assertThat(run("unfollow", "alice", "bob").out()).startsWith("alice follows bob no more");
    assertThat(run("unfollow", "alice", "bob").out()).startsWith("alice does not follow bob");
    assertThat(cluster.followees("alice")).isEmpty();
  }

  @Test
  void whatWasSoBeforeIsNoError() {
    assertThat(run("unfollow", "alice", "bob", "--json"))
        .satisfies(
            run -> {
              assertThat(run.exitCode()).isZero();
              assertThat(run.out())
                  .isEqualToIgnoringNewLines(
                      "{\"follower\":\"alice\",\"followee\":\"bob\",\"changed\":false}");
            });
  }

  @Test
  void missingUserIsNamed() {
    CommandRun run = run("follow", "alice", "carl");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("parley: ").contains("'carl'").hasLineCount(1);
  }

  private CommandRun run(String command, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = command;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--server";
    all[all.length - 1] = frontend.address().toString();
    return CommandRun.of(all);
  }
}
