package parley.frontend.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.frontend.fake.TestClient.failure;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.frontend.call.EncodedMarshaller;
import parley.frontend.fake.FakeCluster;
import parley.frontend.fake.TestClient;
import parley.frontend.fake.TestClient.ChatStream;
import parley.proto.hw2.Message;
import parley.proto.hw2.MessengerServerGrpc;

/**
 * Each row and sentence of the messenger interface, at one frontend. Each test has its own users.
 */
class MessengerInterfaceTest {
  private static FakeCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = new FakeCluster();
  }

  @AfterAll
  static void stop() {
    cluster.close();
    assertThat(cluster.ends()).isEmpty();
  }

  private static TestClient loggedIn(String... names) {
    TestClient client = cluster.client(1);
    for (String name : names) {
      client.login(name);
    }
    return client;
  }

  @Test
  void loginOfANameNeverSeen() {
    assertThat(cluster.client(1).login("login-new")).isEqualTo("Login Successful!");
  }

  @Test
  void loginOfAKnownNameThatIsNotConnected() {
    try (TestClient client = loggedIn("login-known")) {
      ChatStream chat = client.chat("login-known");
      chat.halfClose();
      assertThat(chat.end().isOk()).isTrue();
      assertThat(client.login("login-known")).isEqualTo("Welcome Back login-known");
    }
  }

  @Test
  void loginOfANameThatIsConnectedNow() {
    loggedIn("login-twice");
    assertThat(cluster.client(1).login("login-twice")).isEqualTo("Invalid Username");
  }

  @Test
  void listNamesAllUsersInOrderOfCreationAndThoseFollowedInOrderOfFollowing() {
    TestClient client = loggedIn("list-c", "list-a", "list-b");
    client.join("list-a", "list-b");
    client.join("list-a", "list-c");
    assertThat(client.list("list-a").getAllRoomsList())
        .containsSubsequence("list-c", "list-a", "list-b");
    assertThat(client.list("list-a").getJoinedRoomsList()).containsExactly("list-b", "list-c");
    client.leave("list-a", "list-b");
    client.join("list-a", "list-b");
    assertThat(client.list("list-a").getJoinedRoomsList()).containsExactly("list-c", "list-b");
  }

  @Test
  void listShowsWhatAnotherFrontendHasJustDone() {
    TestClient client = loggedIn("list-me");
    for (int i = 0; i < 20; i++) {
      cluster.store().createUsers("list-other-" + i);
      assertThat(client.list("list-me").getAllRoomsList()).contains("list-other-" + i);
    }
  }

  @Test
  void joinFollows() {
    TestClient client = loggedIn("join-a", "join-b");
    assertThat(client.join("join-a", "join-b")).isEqualTo("Join Successful");
    assertThat(client.list("join-a").getJoinedRoomsList()).containsExactly("join-b");
  }

  @Test
  void joinOfOneselfOrOfNobodyFails() {
    TestClient client = loggedIn("join-self");
    assertThat(client.join("join-self", "join-self")).isEqualTo("Join Failed -- Invalid Username");
    assertThat(client.join("join-self", "nobody")).isEqualTo("Join Failed -- Invalid Username");
  }

  @Test
  void joinOfWhoIsFollowedAlreadyFails() {
    TestClient client = loggedIn("join-2a", "join-2b");
    client.join("join-2a", "join-2b");
    assertThat(client.join("join-2a", "join-2b"))
        .isEqualTo("Join Failed -- Already Following User");
  }

  @Test
  void leaveUnfollows() {
    TestClient client = loggedIn("leave-a", "leave-b");
    client.join("leave-a", "leave-b");
    assertThat(client.leave("leave-a", "leave-b")).isEqualTo("Leave Successful");
    assertThat(client.list("leave-a").getJoinedRoomsList()).isEmpty();
  }

  @Test
  void leaveOfOneselfOrOfNobodyFails() {
    TestClient client = loggedIn("leave-self");
    assertThat(client.leave("leave-self", "leave-self"))
        .isEqualTo("Leave Failed -- Invalid Username");
    assertThat(client.leave("leave-self", "nobody")).isEqualTo("Leave Failed -- Invalid Username");
  }

  @Test
  void leaveOfWhoIsNotFollowedFails() {
    TestClient client = loggedIn("leave-2a", "leave-2b");
    assertThat(client.leave("leave-2a", "leave-2b"))
        .isEqualTo("Leave Failed -- Not Following User");
  }

  @Test
  void chatBeginsWithTheNewestTwentyPostsMadeSinceTheFollowOldestFirst() {
    TestClient client = loggedIn("hist-reader", "hist-author", "hist-left");
    client.join("hist-reader", "hist-left");
    cluster.store().post("hist-left", "no longer followed");
    client.leave("hist-reader", "hist-left");
    cluster.store().post("hist-author", "before the follow");
    client.join("hist-reader", "hist-author");
    ChatStream author = client.chat("hist-author");
    IntStream.range(0, 25).forEach(i -> author.post("hist-author", "post " + i));
    author.halfClose();
    author.end();

    ChatStream chat = client.chat("hist-reader");
    await().until(() -> chat.received().size() >= 20);
    List<Message> expected =
        IntStream.range(5, 25)
            .mapToObj(
                i ->
                    Message.newBuilder()
                        .setMsg("2024-01-01T00:00:00Z :: hist-author:post " + i)
                        .build())
            .toList();
    assertThat(chat.received()).isEqualTo(expected);
  }

  @Test
  void historyShowsAllPostsWhenThereAreFewAndNoneFromBeforeTheFollow() {
    TestClient client = loggedIn("few-reader", "few-author");
    cluster.store().post("few-author", "before the follow");
    client.join("few-reader", "few-author");
    cluster.store().post("few-author", "after it");
    ChatStream chat = client.chat("few-reader");
    await().until(() -> !chat.received().isEmpty());
    assertThat(chat.texts()).containsExactly("1970-01-01T00:00:00Z :: few-author:after it");
  }

  @Test
  void everyFollowerWithAnOpenChatReceivesThatSameMessageAndTheAuthorDoesNot() {
    TestClient client = loggedIn("live-author", "live-1", "live-2", "live-stranger");
    client.join("live-1", "live-author");
    client.join("live-2", "live-author");
    ChatStream author = client.chat("live-author");
    ChatStream stranger = client.chat("live-stranger");
    List<ChatStream> followers = List.of(client.chat("live-1"), client.chat("live-2"));
    Message post =
        Message.newBuilder()
            .setUsername("live-author")
            .setMsg("exactly this ü\n")
            .setTimestamp(Timestamp.newBuilder().setSeconds(99).setNanos(7))
            .build();
    Message untimed = Message.newBuilder().setUsername("live-author").setMsg("").build();
    awaitOpen(client, "live-author", "live-1", "live-2", "live-stranger");
    author.send(post);
    author.send(untimed);
    for (ChatStream follower : followers) {
      await().until(() -> follower.received().size() >= 2);
      assertThat(follower.received()).containsExactly(post, untimed);
    }
    assertThat(author.received()).isEmpty();
    assertThat(stranger.received()).isEmpty();
  }

  /** Opens a Chat of another user, and sees a post through it: those opened before are open. */
  private static void awaitOpen(TestClient client, String... names) {
    for (String name : names) {
      await().until(() -> cluster.store().isHeld(name));
    }
    String probe = names[0] + "-probe";
    client.login(probe);
    client.chat(probe).halfClose();
    await().until(() -> !cluster.store().isHeld(probe));
  }

  @Test
  void followsAndUnfollowsTakeEffectWhileTheChatIsOpen() {
    TestClient client = loggedIn("flip-reader", "flip-author");
    ChatStream reader = client.chat("flip-reader");
    awaitOpen(client, "flip-reader");
    cluster.store().post("flip-author", "not yet");
    client.join("flip-reader", "flip-author");
    cluster.store().post("flip-author", "now");
    client.leave("flip-reader", "flip-author");
    cluster.store().post("flip-author", "no more");
    client.join("flip-reader", "flip-author");
    cluster.store().post("flip-author", "again");
    await().until(() -> reader.texts().contains("again"));
    assertThat(reader.texts()).containsExactly("now", "again");
  }

  @Test
  void historyAndLiveDeliveryMeetWithoutASeam() {
    TestClient client = loggedIn("seam-reader", "seam-author");
    client.join("seam-reader", "seam-author");
    ChatStream author = client.chat("seam-author");
    int posts = 5_000;
    for (int i = 0; i < posts; i++) {
      author.post("seam-author", Integer.toString(i));
      if (i == posts / 2) {
        await().until(() -> !cluster.store().posts("seam-author").isEmpty());
      }
    }
    ChatStream reader = client.chat("seam-reader");
    String last = Integer.toString(posts - 1);
    await().until(() -> endsWith(reader, last));
    List<Integer> numbers =
        reader.texts().stream()
            .map(t -> t.substring(t.lastIndexOf(':') + 1))
            .map(Integer::valueOf)
            .toList();
    assertThat(numbers).isEqualTo(IntStream.range(numbers.get(0), posts).boxed().toList());
  }

  private static boolean endsWith(ChatStream chat, String text) {
    List<String> texts = chat.texts();
    String last = texts.isEmpty() ? "" : texts.get(texts.size() - 1);
    return last.equals(text) || last.endsWith(":" + text);
  }

  @Test
  void laterMessagesThatSaySetStreamArePosts() {
    TestClient client = loggedIn("set-author");
    ChatStream chat = client.chat("set-author");
    chat.post("set-author", "Set Stream");
    chat.halfClose();
    assertThat(chat.end().isOk()).isTrue();
    assertThat(cluster.store().posts("set-author")).containsExactly("Set Stream");
  }

  @Test
  void streamsEndWithOkOnlyWhenEveryPostIsCommitted() {
    TestClient client = loggedIn("half-author");
    ChatStream chat = client.chat("half-author");
    awaitOpen(client, "half-author");
    cluster.store().hold();
    try {
      IntStream.range(0, 700).forEach(i -> chat.post("half-author", "post " + i));
      chat.halfClose();
      await().until(() -> cluster.store().waiting() > 0);
      assertThat(chat.hasEnded()).isFalse();
      assertThat(cluster.store().posts("half-author")).isEmpty();
    } finally {
      cluster.store().release();
    }
    assertThat(chat.end().isOk()).isTrue();
    assertThat(cluster.store().posts("half-author")).hasSize(700);
    assertThat(cluster.store().isHeld("half-author")).isFalse();
  }

  @Test
  void chatThatIsHalfClosedAtOnceStillShowsTheHistoryItAskedFor() {
    TestClient client = loggedIn("brief-reader", "brief-author");
    client.join("brief-reader", "brief-author");
    cluster.store().post("brief-author", "x");
    ChatStream chat = client.chat("brief-reader");
    chat.halfClose();
    assertThat(chat.end().isOk()).isTrue();
    assertThat(chat.texts()).containsExactly("1970-01-01T00:00:00Z :: brief-author:x");
  }

  @Test
  void chatWithoutAnyMessageEndsWithOk() {
    ChatStream chat = cluster.client(1).openChat();
    chat.halfClose();
    assertThat(chat.end().isOk()).isTrue();
  }

  @Test
  void afterTheHalfCloseNothingMoreIsDelivered() {
    TestClient client = loggedIn("deaf-reader", "deaf-author");
    client.join("deaf-reader", "deaf-author");
    ChatStream chat = client.chat("deaf-reader");
    awaitOpen(client, "deaf-reader");
    cluster.store().hold();
    try {
      chat.post("deaf-reader", "keeps the stream from ending");
      chat.halfClose();
      await().until(() -> cluster.store().waiting() > 0);
      long index = cluster.store().index();
      cluster.store().post("deaf-author", "too late");
      assertThat(cluster.store().index()).isEqualTo(index + 1);
    } finally {
      cluster.store().release();
    }
    assertThat(chat.end().isOk()).isTrue();
    assertThat(chat.received()).isEmpty();
  }

  @Test
  void aNameThatNeverLoggedInIsNotFound() {
    TestClient client = loggedIn("found");
    String text = "no user named 'stranger' has ever logged in";
    for (Status status :
        List.of(
            failure(() -> client.list("stranger")),
            failure(() -> client.join("stranger", "found")),
            failure(() -> client.leave("stranger", "found")),
            client.chat("stranger").end())) {
      assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(status.getDescription()).isEqualTo(text);
    }
  }

  @Test
  void joinOrLeaveWithoutAnArgumentIsInvalid() {
    TestClient client = loggedIn("arg");
    assertInvalid(
        failure(() -> client.join("arg")), "Join needs the name of a user as its argument");
    assertInvalid(
        failure(() -> client.leave("arg")), "Leave needs the name of a user as its argument");
  }

  @ParameterizedTest
  @ValueSource(strings = {"user name", "argument of Join"})
  void badNamesAreInvalid(String what) {
    TestClient client = loggedIn("rules");
    String tooLong = "ü".repeat(33);
    Function<String, Status> call =
        what.equals("user name")
            ? name -> failure(() -> client.login(name))
            : name -> failure(() -> client.join("rules", name));
    assertInvalid(call.apply(""), "the " + what + " is empty");
    assertInvalid(
        call.apply(tooLong),
        "the " + what + " '" + tooLong + "' has 66 bytes of UTF-8; at most 64 are allowed");
    assertInvalid(
        call.apply("a\tb"),
        "the " + what + " 'a\\u0009b' has the control character U+0009 at position 2");
  }

  @Test
  void badNamesAreInvalidInEveryCall() {
    TestClient client = cluster.client(1);
    String text = "the user name is empty";
    assertInvalid(failure(() -> client.list("")), text);
    assertInvalid(failure(() -> client.join("", "x")), text);
    assertInvalid(failure(() -> client.leave("", "x")), text);
    assertInvalid(client.chat("").end(), text);
  }

  @Test
  void aNameOfExactlySixtyFourBytesIsFine() {
    assertThat(cluster.client(1).login("n".repeat(64))).isEqualTo("Login Successful!");
  }

  @Test
  void textsMayHave4096BytesAndNoMore() {
    TestClient client = loggedIn("long-author");
    ChatStream chat = client.chat("long-author");
    chat.post("long-author", "x".repeat(4_096));
    chat.post("long-author", "ü".repeat(2_049));
    assertInvalid(
        chat.end(),
        "the text '" + "ü".repeat(40) + "…' has 4098 bytes of UTF-8; at most 4096 are allowed");
    await().until(() -> cluster.store().posts("long-author").size() == 1);
  }

  @Test
  void messagesOfAnotherAuthorAreInvalid() {
    TestClient client = loggedIn("own-author");
    ChatStream chat = client.chat("own-author");
    chat.post("own-author", "mine");
    chat.post("other", "not mine");
    assertInvalid(
        chat.end(), "this Chat belongs to 'own-author', but a message names 'other' as its author");
    await().until(() -> cluster.store().posts("own-author").equals(List.of("mine")));
  }

  @Test
  void theFirstMessageMustSaySetStream() {
    TestClient client = loggedIn("hasty");
    ChatStream chat = client.openChat();
    chat.post("hasty", "hello");
    assertInvalid(
        chat.end(), "the first message of a Chat must have the text 'Set Stream', not 'hello'");
  }

  @Test
  void textThatIsNotUtf8IsInvalid() {
    TestClient client = loggedIn("latin");
    byte[] latin1 = {0x0a, 0x01, (byte) 0xe4};
    assertInvalid(
        failure(
            () ->
                ClientCalls.blockingUnaryCall(
                    client.channel(),
                    MessengerServerGrpc.getLoginMethod().toBuilder(
                            new EncodedMarshaller(), new EncodedMarshaller())
                        .build(),
                    CallOptions.DEFAULT,
                    latin1)),
        "the request cannot be decoded: are its texts valid UTF-8?");
    assertThat(ByteString.copyFrom(latin1).isValidUtf8()).isFalse();
  }

  @Test
  void anEmptyTextIsAPost() {
    TestClient client = loggedIn("empty-author");
    ChatStream chat = client.chat("empty-author");
    chat.post("empty-author", "");
    chat.halfClose();
    assertThat(chat.end().isOk()).isTrue();
    assertThat(cluster.store().posts("empty-author")).containsExactly("");
  }

  @Test
  void aSecondChatReplacesTheFirstAsReceiverAndBothMayPost() {
    TestClient client = loggedIn("second-user", "second-author");
    client.join("second-user", "second-author");
    ChatStream first = client.chat("second-user");
    awaitOpen(client, "second-user");
    cluster.store().post("second-author", "one");
    await().until(() -> first.texts().contains("one"));

    ChatStream second = client.chat("second-user");
    await().until(() -> second.received().size() == 1);
    cluster.store().post("second-author", "two");
    await().until(() -> second.texts().contains("two"));
    assertThat(first.texts()).containsExactly("one");

    first.post("second-user", "by the first");
    await().until(() -> cluster.store().posts("second-user").size() == 1);
    second.post("second-user", "by the second");
    first.halfClose();
    assertThat(first.end().isOk()).isTrue();
    cluster.store().post("second-author", "three");
    await().until(() -> second.texts().contains("three"));
    second.halfClose();
    assertThat(second.end().isOk()).isTrue();
    assertThat(cluster.store().posts("second-user"))
        .containsExactly("by the first", "by the second");
  }

  @Test
  void postsThatWereTakenAreCommittedEvenIfTheirClientIsGone() {
    TestClient client = loggedIn("gone-author");
    ChatStream chat = client.chat("gone-author");
    awaitOpen(client, "gone-author");
    cluster.store().hold();
    try {
      IntStream.range(0, 50).forEach(i -> chat.post("gone-author", "post " + i));
      await().until(() -> cluster.store().waiting() > 0);
      client.close();
    } finally {
      cluster.store().release();
    }
    await().until(() -> cluster.store().posts("gone-author").size() > 0);
  }

  private static void assertInvalid(Status status, String text) {
    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).isEqualTo(text);
  }
}
