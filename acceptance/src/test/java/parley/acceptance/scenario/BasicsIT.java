package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.RealHosts;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.ScriptRun;
import parley.acceptance.lab.ServiceProcess;
import parley.client.Chat;
import parley.client.Messenger;
import parley.client.MessengerException;
import parley.client.Received;
import parley.client.Received.LivePost;
import parley.client.Received.OldPost;

/** Every basic function works through every host, and every process may be killed or hang. */
class BasicsIT implements CommandLine {

  private static final int PROCESSES = 9;
  private static final int PROCESSES_MAX = 10;
  private static LocalCluster hosts;

  @BeforeAll
  static void startHosts() throws Exception {
    hosts = LocalCluster.create(RealHosts.home());
    hosts.start();
    PATIENCE.await("all hosts serve", hosts::serving);
  }

  @AfterAll
  static void stopHosts() {
    hosts.close();
  }

  @Override
  public LocalCluster hosts() {
    return hosts;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyBasicFunctionWorksThroughEachHost(int host) throws Exception {
    String alice = "alice" + host;
    String bob = "bob" + host;
    try (Messenger here = connect(host);
        Messenger elsewhere = connect(host % Hosts.COUNT + 1)) {
      assertThat(here.login(alice)).isEqualTo("Login Successful!");
      assertThat(elsewhere.login(alice)).isEqualTo("Invalid Username");
      assertThat(elsewhere.login(bob)).isEqualTo("Login Successful!");

      assertThat(here.join(alice, "nobody")).isEqualTo("Join Failed -- Invalid Username");
      assertThat(here.join(alice, alice)).isEqualTo("Join Failed -- Invalid Username");
      assertThat(here.join(alice, bob)).isEqualTo("Join Successful");
      assertThat(here.join(alice, bob)).isEqualTo("Join Failed -- Already Following User");
      assertThat(here.list(alice).users()).contains(alice, bob);
      assertThat(here.list(alice).followed()).containsExactly(bob);
      assertThat(elsewhere.list(bob).followed()).isEmpty();

      Queue<Received> received = new ConcurrentLinkedQueue<>();
      post(elsewhere, bob, "before");
      Chat listening = here.chat(alice, received::add);
      PATIENCE.await("the old post is there", () -> received.size() == 1);
      assertThat(received.remove())
          .isInstanceOfSatisfying(
              OldPost.class, old -> assertThat(old.line()).endsWith(" :: " + bob + ":before"));
      post(elsewhere, bob, "after");
      PATIENCE.await("the new post is there", () -> received.size() == 1);
      assertThat(received.remove())
          .isInstanceOfSatisfying(
              LivePost.class,
              live -> {
                assertThat(live.author()).isEqualTo(bob);
                assertThat(live.text()).isEqualTo("after");
                assertThat(live.time()).isPresent();
              });
      listening.leave();
      assertThat(elsewhere.login(alice)).isEqualTo("Welcome Back " + alice);

      assertThat(here.leave(alice, alice)).isEqualTo("Leave Failed -- Invalid Username");
      assertThat(here.leave(alice, "nobody")).isEqualTo("Leave Failed -- Invalid Username");
      assertThat(here.leave(alice, bob)).isEqualTo("Leave Successful");
      assertThat(here.leave(alice, bob)).isEqualTo("Leave Failed -- Not Following User");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatCannotBeDoneIsRefusedWithAReason(int host) throws Exception {
    try (Messenger here = connect(host)) {
      assertThatThrownBy(() -> here.list("stranger"))
          .isInstanceOf(MessengerException.class)
          .hasMessageContaining("stranger");
      assertThatThrownBy(() -> here.join("stranger", "alice"))
          .isInstanceOf(MessengerException.class)
          .hasMessageContaining("stranger");
      assertThatThrownBy(() -> here.login("")).isInstanceOf(MessengerException.class);
      assertThatThrownBy(() -> here.login("n".repeat(65))).isInstanceOf(MessengerException.class);
      assertThatThrownBy(() -> here.login("a\u0007b")).isInstanceOf(MessengerException.class);
      here.login("talker" + host);
      Chat chat = here.chat("talker" + host, post -> {});
      assertThatThrownBy(
              () -> {
                chat.post("x".repeat(4_097));
                chat.leave();
              })
          .isInstanceOf(MessengerException.class)
          .hasMessageContaining("4096");
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void killedProcessesComeBackByThemselvesAndNobodyNotices(Role role) throws Exception {
    for (int host = 1; host <= Hosts.COUNT; host++) {
      ServiceProcess victim = running(role, host);
      // Users of a frontend that is killed are not spared; all others are.
      try (Conversation conversation = new Conversation(hosts, PATIENCE, host % Hosts.COUNT + 1)) {
        conversation.say(20);
        hosts.kill(victim);
        awaitReplaced(List.of(victim), conversation);
        conversation.endAndCheck();
      }
    }
  }

  /**
   * One of each role at once, the primary among them, since it takes seconds until one counts as
   * hung.
   */
  @Test
  void hungProcessesAreReplacedEachByTheOthersOfItsHost() throws Exception {
    int primary = hosts.primary().orElseThrow();
    int standby = primary % Hosts.COUNT + 1;
    int other = standby % Hosts.COUNT + 1;
    List<ServiceProcess> victims =
        List.of(
            running(Role.TIMELINE_SERVICE, primary),
            running(Role.COORDINATOR, standby),
            running(Role.FRONTEND, other));
    try (Conversation conversation = new Conversation(hosts, PATIENCE, primary, standby)) {
      for (ServiceProcess victim : victims) {
        hosts.pause(victim);
      }
      awaitReplaced(victims, conversation);
      conversation.endAndCheck();
    }
  }

  @Test
  void loadOnATerminalGoesOnWhilePrimaryAndFrontendsAreKilled(@TempDir Path folder)
      throws Exception {
    String load = parley("load --writers 2 --followers 3 --rate 100 --seconds 12");
    // script(1) makes a terminal.
    ScriptRun run = ScriptRun.start(List.of("script", "-qec", load, "/dev/null"), folder);
    PATIENCE.await(
        "the bar grows", () -> Files.readString(run.outputFile()).matches("(?s).*[1-9]%.*"));
    hosts.killPrimary();
    hosts.killFrontend(1);
    PATIENCE.await("all hosts serve", hosts::serving);
    hosts.killFrontend(2);

    String output = run.await(COMMAND_TIMEOUT).orThrow().output();

    assertThat(output)
        .contains("100%", "1200 posts and 3600 deliveries", "p99.9", "exactly once and in order.");
    PATIENCE.await("all hosts serve", hosts::serving);
  }

  @Test
  void statusShowsWhoLeadsAndThatAllHoldWhatIsKnown() throws Exception {
    int users;
    try (Messenger anyone = connect(2)) {
      anyone.login("onlooker");
      for (String text : List.of("seen", "by", "all")) {
        post(anyone, "onlooker", text);
      }
      users = anyone.list("onlooker").users().size();
    }
    PATIENCE.await("all hosts serve", hosts::serving);
    PATIENCE.await("all replicas have applied the same", hosts::level);
    List<Hosts.StoredPost> posts = hosts.storedPosts(1);
    AtomicReference<StatusReport> report = new AtomicReference<>();
    PATIENCE.await(
        "nobody lags",
        () -> {
          report.set(StatusReport.ask(hosts));
          return report.get().hosts().stream().allMatch(host -> host.path("lag").asLong(1) == 0);
        });

    assertThat(report.get().exitStatus()).isZero();
    int primary = hosts.primary().orElseThrow();
    int leader = hosts.zooKeeperLeader().orElseThrow();
    assertThat(report.get().primary()).contains(primary);
    long epoch = report.get().hosts().get(primary - 1).required("epoch").asLong();
    assertThat(epoch).isPositive();
    for (int host = 1; host <= Hosts.COUNT; host++) {
      JsonNode row = report.get().hosts().get(host - 1);
      assertThat(row.required("host").asInt()).isEqualTo(host);
      assertThat(row.required("address").asText())
          .isEqualTo(hosts.timelineService(host).toString());
      assertThat(row.required("reachable").asBoolean()).isTrue();
      assertThat(row.required("role").asText()).isEqualTo(host == primary ? "primary" : "standby");
      assertThat(row.required("primary").asInt()).isEqualTo(primary);
      assertThat(row.required("epoch").asLong()).isEqualTo(epoch);
      assertThat(row.required("users").asInt()).isEqualTo(users);
      assertThat(row.required("posts").asInt()).isEqualTo(posts.size());
      assertThat(row.required("appliedIndex").asLong())
          .isGreaterThanOrEqualTo(posts.get(posts.size() - 1).index());
      assertThat(row.required("zooKeeper").asText())
          .isEqualTo(host == leader ? "leader" : "follower");
      assertThat(row.required("frontend").asText()).isEqualTo(hosts.frontend(host).toString());
      assertThat(row.required("frontendServes").asBoolean()).isTrue();
    }
  }

  @Test
  void statusOnATerminalShowsAKilledPrimaryAndWhoIsInItsPlaceUntilCtrlC(@TempDir Path folder)
      throws Exception {
    PATIENCE.await("all hosts serve", hosts::serving);
    String command =
        "%s status --conf %s --watch 0.1"
            .formatted(RealHosts.home().resolve("scripts/parley"), hosts.conf());
    try (Typist watcher = Typist.start(command, folder, PATIENCE)) {
      StatusScreen screen = new StatusScreen(watcher);
      PATIENCE.await("it is shown who is primary", () -> screen.primaries().size() == 1);
      int before = watcher.seen().length();
      int killed = hosts.killPrimary();
      PATIENCE.await(
          "it is shown as missing",
          () -> screen.hasShownUnreachable(hosts.address(killed), before));
      PATIENCE.await(
          "it is shown that it is back, and another primary",
          () ->
              screen.primaries().size() == 1
                  && !screen.primaries().contains(hosts.address(killed))
                  && screen.standbys().contains(hosts.address(killed)));

      assertThat(watcher.interrupt()).isZero();
      assertThat(watcher.seen()).doesNotContain("Exception", "parley:");
    }
    PATIENCE.await("all hosts serve", hosts::serving);
  }

  @Test
  void shellOnATerminalShowsPostsAboveTheLineBeingTypedAndGoesOnElsewhere(@TempDir Path folder)
      throws Exception {
    try (Messenger others = connect(1);
        Typist anna = Typist.start(parley("shell anna"), folder, PATIENCE)) {
      others.login("otto");
      anna.awaitSeen(0, "Welcome, anna!");
      anna.type("JOIN otto\n");
      anna.awaitSeen(0, "anna follows otto");
      anna.type("CHAT\nhalf a ");
      anna.awaitSeen(0, "half a ");
      int typed = anna.seen().length();
      post(others, "otto", "good evening");
      // In colours, and then the line again.
      anna.awaitSeen(typed, "\u001b[1motto:\u001b[0m good evening");
      int shown = anna.seen().indexOf("good evening", typed);
      anna.awaitSeen(shown, "half a ");

      for (int host = 1; host <= Hosts.COUNT; host++) {
        hosts.killFrontend(host);
        PATIENCE.await("all hosts serve", hosts::serving);
      }
      PATIENCE.await(
          "it says where it goes on",
          () -> anna.seen().matches("(?s).*reconnected to host[123] at 127\\.[0-9.]+:3055.*"));
      anna.type("line\n");

      assertThat(anna.end()).isZero();
      assertThat(anna.seen()).doesNotContain("Exception");
    }
    ScriptRun timeline =
        ScriptRun.start(List.of("bash", "-c", parley("timeline anna --posts")), folder);
    assertThat(timeline.await(COMMAND_TIMEOUT).orThrow().output()).contains("half a line");
  }

  private static void awaitReplaced(List<ServiceProcess> victims, Conversation conversation) {
    PATIENCE.await(
        "others serve in place of " + victims,
        () -> {
          conversation.say(1);
          List<ServiceProcess> running = hosts.processes();
          assertThat(running).hasSizeLessThanOrEqualTo(PROCESSES_MAX);
          return running.size() == PROCESSES
              && running.stream().noneMatch(victims::contains)
              && hosts.serving();
        });
    assertThat(hosts.processes())
        .extracting(each -> each.role() + " of host " + each.host())
        .doesNotHaveDuplicates()
        .hasSize(PROCESSES);
  }

  private static ServiceProcess running(Role role, int host) {
    Optional<ServiceProcess> process = hosts.process(role, host);
    assertThat(process).as("%s of host %d", role, host).isPresent();
    return process.get();
  }

  private static Messenger connect(int host) throws Exception {
    return Messenger.connect(List.of(hosts.frontend(host)));
  }

  private static void post(Messenger messenger, String user, String text) throws Exception {
    Chat chat = messenger.chat(user, ignored -> {});
    chat.post(text);
    chat.leave();
    // Leaving ended the session.
    messenger.login(user);
  }
}
