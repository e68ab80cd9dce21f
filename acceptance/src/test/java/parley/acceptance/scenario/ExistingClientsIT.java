package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.acceptance.hw2.ListReply;
import parley.acceptance.hw2.Message;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.RealHosts;

/**
 * Clients that were made from the messenger interface alone get exactly what it says: every text
 * and every line, through whichever hosts.
 */
class ExistingClientsIT {
  private static final int POSTS = 5_000;
  private static final int HISTORY = 20;
  private static final int ROUNDS = 9;

  /** Where the posts' times begin. */
  private static final long EPOCH_S = 1_700_000_000;

  private static final Patience PATIENCE = new Patience(Duration.ofSeconds(60));

  /** All users of these hosts, in order of creation. */
  private static final List<String> USERS = new ArrayList<>();

  private static LocalCluster hosts;

  private final List<PlainClient> clients = new ArrayList<>();

  @BeforeAll
  static void startHosts() throws Exception {
    hosts = LocalCluster.create(RealHosts.home());
    hosts.start();
    PATIENCE.lookingEvery(Duration.ofMillis(100)).await("all hosts serve", hosts::serving);
  }

  @AfterAll
  static void stopHosts() {
    hosts.close();
  }

  @AfterEach
  void goAway() {
    clients.forEach(PlainClient::close);
  }

  @Test
  void postsArriveUnchangedAndInOrderAndTheNewestAreHistoryElsewhere() {
    PlainClient posting = client(1);
    String writer = newUser(posting, "writer");
    PlainClient listening = client(2);
    String reader = newUser(listening, "reader");
    assertThat(listening.join(reader, writer)).isEqualTo("Join Successful");
    PlainChat first = posting.chat(writer);
    first.post("prelude", EPOCH_S);
    assertThat(first.leave(PATIENCE)).isEqualTo(Status.OK);

    // Old posts come first, so whoever has got one receives live from then on.
    PlainChat reading = listening.chat(reader);
    assertThat(reading.await(1, PATIENCE))
        .containsExactly(asHistory(PlainChat.message(writer, "prelude", EPOCH_S)));
    assertThat(posting.login(writer)).isEqualTo("Welcome Back " + writer);
    PlainChat writing = posting.chat(writer);
    List<Message> posts = IntStream.range(0, POSTS).mapToObj(i -> post(writer, i)).toList();
    posts.forEach(writing::send);
    assertThat(writing.leave(PATIENCE)).isEqualTo(Status.OK);
    assertThat(writing.received()).isEmpty();

    reading.await(1 + POSTS, PATIENCE);
    assertThat(reading.leave(PATIENCE)).isEqualTo(Status.OK);
    assertThat(reading.received().subList(1, reading.received().size())).isEqualTo(posts);

    PlainClient elsewhere = client(3);
    assertThat(elsewhere.login(reader)).isEqualTo("Welcome Back " + reader);
    PlainChat again = elsewhere.chat(reader);
    List<Message> expected =
        new ArrayList<>(
            posts.subList(POSTS - HISTORY, POSTS).stream()
                .map(ExistingClientsIT::asHistory)
                .toList());
    assertThat(again.await(HISTORY, PATIENCE)).isEqualTo(expected);
    assertThat(posting.login(writer)).isEqualTo("Welcome Back " + writer);
    PlainChat last = posting.chat(writer);
    // Only the first message opens the stream, and an empty text is a text.
    for (String text : List.of("Set Stream", "", "t".repeat(4_096))) {
      last.post(text, EPOCH_S);
      expected.add(PlainChat.message(writer, text, EPOCH_S));
    }
    again.await(expected.size(), PATIENCE);
    assertThat(again.leave(PATIENCE)).isEqualTo(Status.OK);
    assertThat(again.received()).isEqualTo(expected);
    assertThat(last.leave(PATIENCE)).isEqualTo(Status.OK);
  }

  @Test
  void historyOfSeveralAuthorsIsTheEndOfWhatWasDelivered() {
    PlainClient listening = client(1);
    String reader = newUser(listening, "listener");
    List<PlainChat> writing = new ArrayList<>();
    for (int host = 1; host <= Hosts.COUNT; host++) {
      PlainClient posting = client(host);
      String author = newUser(posting, "author-" + host);
      assertThat(listening.join(reader, author)).isEqualTo("Join Successful");
      writing.add(posting.chat(author));
    }
    PlainChat reading = listening.chat(reader);
    // Posts that were waited for are at the end, and those of one round in whatever order.
    for (int round = 0; round < ROUNDS; round++) {
      for (PlainChat chat : writing) {
        chat.post("round " + round, EPOCH_S + round);
      }
      reading.await((round + 1) * writing.size(), PATIENCE);
    }
    assertThat(reading.leave(PATIENCE)).isEqualTo(Status.OK);
    List<Message> delivered = reading.received();
    assertThat(delivered).hasSize(ROUNDS * writing.size());
    for (PlainChat chat : writing) {
      assertThat(chat.leave(PATIENCE)).isEqualTo(Status.OK);
      assertThat(chat.received()).isEmpty();
    }
    for (int host = 1; host <= Hosts.COUNT; host++) {
      PlainClient elsewhere = client(host);
      assertThat(elsewhere.login(reader)).isEqualTo("Welcome Back " + reader);
      PlainChat again = elsewhere.chat(reader);
      again.await(HISTORY, PATIENCE);
      assertThat(again.leave(PATIENCE)).isEqualTo(Status.OK);
      assertThat(again.received())
          .isEqualTo(
              delivered.subList(delivered.size() - HISTORY, delivered.size()).stream()
                  .map(ExistingClientsIT::asHistory)
                  .toList());
    }
  }

  @Test
  void historyIsOfThoseFollowedNowAndSinceTheFollow() {
    PlainClient posting = client(1);
    String left = newUser(posting, "left");
    String late = newUser(posting, "late");
    PlainClient reading = client(2);
    String reader = newUser(reading, "latecomer");
    assertThat(reading.join(reader, left)).isEqualTo("Join Successful");
    for (String writer : List.of(left, late)) {
      PlainChat chat = posting.chat(writer);
      chat.post("before", EPOCH_S);
      assertThat(chat.leave(PATIENCE)).isEqualTo(Status.OK);
    }
    assertThat(reading.leave(reader, left)).isEqualTo("Leave Successful");
    assertThat(reading.join(reader, late)).isEqualTo("Join Successful");
    PlainChat chat = reading.chat(reader);
    assertThat(chat.leave(PATIENCE)).isEqualTo(Status.OK);
    assertThat(chat.received()).isEmpty();
  }

  @Test
  void chatsGoOnWhileThePrimaryIsKilled() throws Exception {
    int primary = hosts.primary().orElseThrow();
    PlainClient posting = client(primary);
    String writer = newUser(posting, "steady");
    PlainClient listening = client(primary % Hosts.COUNT + 1);
    String reader = newUser(listening, "patient");
    assertThat(listening.join(reader, writer)).isEqualTo("Join Successful");
    PlainChat writing = posting.chat(writer);
    PlainChat reading = listening.chat(reader);
    writing.send(post(writer, 0));
    // Whoever has got one, old or new, receives live from then on.
    reading.await(1, PATIENCE);
    List<Message> posts = IntStream.range(1, 3_000).mapToObj(i -> post(writer, i)).toList();
    posts.subList(0, 1_000).forEach(writing::send);
    assertThat(hosts.killPrimary()).isEqualTo(primary);
    posts.subList(1_000, 2_000).forEach(writing::send);
    PATIENCE.await(
        "another is primary", () -> hosts.primary().filter(host -> host != primary).isPresent());
    posts.subList(2_000, posts.size()).forEach(writing::send);

    assertThat(writing.leave(PATIENCE)).isEqualTo(Status.OK);
    assertThat(writing.received()).isEmpty();
    reading.await(1 + posts.size(), PATIENCE);
    assertThat(reading.leave(PATIENCE)).isEqualTo(Status.OK);
    assertThat(reading.received().subList(1, reading.received().size())).isEqualTo(posts);
  }

  @Test
  void everyAnswerToJoinLeaveAndListIsAsTheInterfaceSays() {
    PlainClient client = client(3);
    String fan = newUser(client, "fan");
    String one = newUser(client, "one");
    String two = newUser(client, "two");
    assertRooms(client, fan);
    assertThat(client.join(fan, fan)).isEqualTo("Join Failed -- Invalid Username");
    assertThat(client.join(fan, "nobody")).isEqualTo("Join Failed -- Invalid Username");
    assertThat(client.join(fan, two)).isEqualTo("Join Successful");
    assertThat(client.join(fan, one)).isEqualTo("Join Successful");
    assertThat(client.join(fan, one)).isEqualTo("Join Failed -- Already Following User");
    assertRooms(client, fan, two, one);
    assertThat(client.leave(fan, fan)).isEqualTo("Leave Failed -- Invalid Username");
    assertThat(client.leave(fan, "nobody")).isEqualTo("Leave Failed -- Invalid Username");
    assertThat(client.leave(fan, two)).isEqualTo("Leave Successful");
    assertThat(client.leave(fan, two)).isEqualTo("Leave Failed -- Not Following User");
    assertRooms(client, fan, one);
    assertThat(client.join(fan, two)).isEqualTo("Join Successful");
    assertRooms(client(1), fan, one, two);
  }

  @Test
  void userIsConnectedWhileTheConnectionOrTheChatLives() {
    PlainClient first = client(1);
    String user = newUser(first, "user");
    assertThat(first.login(user)).isEqualTo("Invalid Username");
    assertThat(client(2).login(user)).isEqualTo("Invalid Username");
    first.close();
    PlainClient second = client(2);
    awaitWelcome(second, user);
    assertThat(client(3).login(user)).isEqualTo("Invalid Username");

    PlainChat chat = second.chat(user);
    assertThat(chat.leave(PATIENCE)).isEqualTo(Status.OK);
    assertThat(client(3).login(user)).isEqualTo("Welcome Back " + user);
  }

  @Test
  void chatWithoutALoginCountsAsConnectedUntilItsClientIsGone() {
    String writer = newUser(1, "host");
    PlainClient login = client(2);
    String guest = newUser(login, "guest");
    assertThat(login.join(guest, writer)).isEqualTo("Join Successful");
    login.close();
    PlainChat posting = client(1).chat(writer);
    posting.post("hello", EPOCH_S);
    assertThat(posting.leave(PATIENCE)).isEqualTo(Status.OK);

    PlainClient chatting = client(3);
    PlainChat chat = chatting.chat(guest);
    assertThat(chat.await(1, PATIENCE))
        .containsExactly(asHistory(PlainChat.message(writer, "hello", EPOCH_S)));
    assertThat(client(1).login(guest)).isEqualTo("Invalid Username");
    chatting.close();
    awaitWelcome(client(1), guest);
  }

  @Test
  void secondChatReplacesTheFirstAsReceiverAndBothMayPost() {
    String writer = newUser(2, "source");
    PlainClient client = client(2);
    String user = newUser(client, "double");
    PlainClient watching = client(2);
    String watcher = newUser(watching, "watcher");
    assertThat(client.join(user, writer)).isEqualTo("Join Successful");
    assertThat(watching.join(watcher, user)).isEqualTo("Join Successful");
    PlainChat before = client(1).chat(writer);
    before.post("one", EPOCH_S);
    assertThat(before.leave(PATIENCE)).isEqualTo(Status.OK);
    PlainChat first = client.chat(user);
    Message one = asHistory(PlainChat.message(writer, "one", EPOCH_S));
    first.await(1, PATIENCE);
    PlainChat second = client(2).chat(user);
    assertThat(second.await(1, PATIENCE)).containsExactly(one);

    PlainChat source = client(1).chat(writer);
    source.post("two", EPOCH_S + 1);
    assertThat(second.await(2, PATIENCE))
        .containsExactly(one, PlainChat.message(writer, "two", EPOCH_S + 1));
    first.post("from the first", EPOCH_S);
    assertThat(first.leave(PATIENCE)).isEqualTo(Status.OK);
    second.post("from the second", EPOCH_S);
    assertThat(second.leave(PATIENCE)).isEqualTo(Status.OK);
    assertThat(source.leave(PATIENCE)).isEqualTo(Status.OK);
    assertThat(first.received()).hasSize(1);
    assertThat(second.received()).hasSize(2);
    assertThat(watching.chat(watcher).await(2, PATIENCE))
        .containsExactly(
            asHistory(PlainChat.message(user, "from the first", EPOCH_S)),
            asHistory(PlainChat.message(user, "from the second", EPOCH_S)));
  }

  @Test
  void callersThatNeverLoggedInAreNotFound() {
    PlainClient client = client(1);
    String known = newUser(client, "known");
    assertRefused(Status.Code.NOT_FOUND, "stranger", () -> client.list("stranger"));
    assertRefused(Status.Code.NOT_FOUND, "stranger", () -> client.join("stranger", known));
    assertRefused(Status.Code.NOT_FOUND, "stranger", () -> client.leave("stranger", known));
    assertRefused(Status.Code.NOT_FOUND, "stranger", client.chat("stranger").awaitEnd(PATIENCE));
  }

  @Test
  void whatIsNoNameIsRefused() {
    PlainClient client = client(2);
    String known = newUser(client, "someone");
    for (String name : List.of("", "n".repeat(65), "ä".repeat(33), "bell\u0007")) {
      String shown = name.isEmpty() ? "empty" : name.substring(0, 4);
      assertRefused(Status.Code.INVALID_ARGUMENT, shown, () -> client.login(name));
      assertRefused(Status.Code.INVALID_ARGUMENT, shown, () -> client.list(name));
      assertRefused(Status.Code.INVALID_ARGUMENT, shown, () -> client.join(name, known));
      assertRefused(Status.Code.INVALID_ARGUMENT, shown, () -> client.leave(name, known));
      assertRefused(Status.Code.INVALID_ARGUMENT, shown, () -> client.join(known, name));
      assertRefused(Status.Code.INVALID_ARGUMENT, shown, () -> client.leave(known, name));
      assertRefused(Status.Code.INVALID_ARGUMENT, shown, client.chat(name).awaitEnd(PATIENCE));
    }
  }

  @Test
  void whatIsNoCallOrNoPostIsRefusedAndLongestNamesAreNot() {
    PlainClient client = client(3);
    String user = newUser(client, "ä".repeat(32));
    assertRefused(Status.Code.INVALID_ARGUMENT, "Join", () -> client.join(user));
    assertRefused(Status.Code.INVALID_ARGUMENT, "Leave", () -> client.leave(user));
    PlainChat talking = client.chat(user);
    talking.post("t".repeat(4_097), EPOCH_S);
    assertRefused(Status.Code.INVALID_ARGUMENT, "4097", talking.awaitEnd(PATIENCE));
    PlainChat wide = client.chat(user);
    wide.post("€".repeat(1_366), EPOCH_S);
    assertRefused(Status.Code.INVALID_ARGUMENT, "4098", wide.awaitEnd(PATIENCE));
    PlainChat lying = client.chat(user);
    lying.send(PlainChat.message("somebody", "I am another", EPOCH_S));
    assertRefused(Status.Code.INVALID_ARGUMENT, "somebody", lying.awaitEnd(PATIENCE));
  }

  private PlainClient client(int host) {
    PlainClient client = new PlainClient(hosts.frontend(host));
    clients.add(client);
    return client;
  }

  /** Logs somebody in for the first time, and lets the connection live on. */
  private String newUser(int host, String name) {
    return newUser(client(host), name);
  }

  private static String newUser(PlainClient client, String name) {
    assertThat(client.login(name)).isEqualTo("Login Successful!");
    USERS.add(name);
    return name;
  }

  /** What a login is answered once the old connection is known to be gone; refused until then. */
  private static void awaitWelcome(PlainClient client, String user) {
    List<String> answers = new ArrayList<>();
    PATIENCE
        .lookingEvery(Duration.ofMillis(20))
        .await(
            user + " may log in again",
            () -> {
              answers.add(client.login(user));
              return !answers.get(answers.size() - 1).equals("Invalid Username");
            });
    assertThat(answers.get(answers.size() - 1)).isEqualTo("Welcome Back " + user);
  }

  private static void assertRooms(PlainClient client, String user, String... followed) {
    assertThat(client.list(user))
        .isEqualTo(
            ListReply.newBuilder()
                .addAllAllRooms(USERS)
                .addAllJoinedRooms(List.of(followed))
                .build());
  }

  private static Message post(String author, int number) {
    return PlainChat.message(author, "post " + number + " — äöü", EPOCH_S + number / 100);
  }

  private static Message asHistory(Message post) {
    Instant time = Instant.ofEpochSecond(post.getTimestamp().getSeconds());
    return Message.newBuilder()
        .setMsg(time + " :: " + post.getUsername() + ":" + post.getMsg())
        .build();
  }

  private static void assertRefused(Status.Code code, String value, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> assertRefused(code, value, e.getStatus()));
  }

  /** The text names the value that was wrong. */
  private static void assertRefused(Status.Code code, String value, Status status) {
    assertThat(status.getCode()).as(status.toString()).isEqualTo(code);
    assertThat(status.getDescription()).contains(value);
  }
}
