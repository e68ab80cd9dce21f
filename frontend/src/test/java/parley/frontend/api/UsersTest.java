package parley.frontend.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static parley.frontend.fake.Details.assertInvalid;
import static parley.frontend.fake.Details.assertNamesNoField;
import static parley.frontend.fake.Details.assertNoUser;
import static parley.frontend.fake.Details.assertUserExists;
import static parley.frontend.fake.ParleyClient.failure;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.frontend.call.EncodedMarshaller;
import parley.frontend.fake.FakeCluster;
import parley.frontend.fake.FakeStore;
import parley.frontend.fake.ParleyClient;
import parley.frontend.fake.RawCall;
import parley.proto.v1.CreateUserRequest;
import parley.proto.v1.FollowUserRequest;
import parley.proto.v1.FollowUserResponse;
import parley.proto.v1.GetUserRequest;
import parley.proto.v1.ListFolloweesRequest;
import parley.proto.v1.ListFolloweesResponse;
import parley.proto.v1.ListFollowersRequest;
import parley.proto.v1.ListFollowersResponse;
import parley.proto.v1.ListUsersRequest;
import parley.proto.v1.ListUsersResponse;
import parley.proto.v1.ParleyGrpc;
import parley.proto.v1.UnfollowUserRequest;
import parley.proto.v1.UnfollowUserResponse;
import parley.proto.v1.User;

/** Users, and who follows whom, as the interface describes them. */
class UsersTest {
  private FakeCluster cluster;
  private FakeStore store;
  private ParleyClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = new FakeCluster();
    store = cluster.store();
    client = cluster.parleyClient(1);
  }

  @AfterEach
  void stop() {
    cluster.close();
    assertThat(cluster.ends()).isEmpty();
  }

  private User create(String name) {
    return client.stub().createUser(CreateUserRequest.newBuilder().setName(name).build());
  }

  private User get(String name) {
    return client.stub().getUser(GetUserRequest.newBuilder().setName(name).build());
  }

  private ListUsersResponse list(int size, String token) {
    return client
        .stub()
        .listUsers(ListUsersRequest.newBuilder().setPageSize(size).setPageToken(token).build());
  }

  private ListFolloweesResponse followees(String user, int size, String token) {
    return client
        .stub()
        .listFollowees(
            ListFolloweesRequest.newBuilder()
                .setUser(user)
                .setPageSize(size)
                .setPageToken(token)
                .build());
  }

  private ListFollowersResponse followers(String user, int size, String token) {
    return client
        .stub()
        .listFollowers(
            ListFollowersRequest.newBuilder()
                .setUser(user)
                .setPageSize(size)
                .setPageToken(token)
                .build());
  }

  private static List<String> names(List<User> users) {
    return users.stream().map(User::getName).toList();
  }

  private static String[] numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "u" + i).toArray(String[]::new);
  }

  @Test
  void aUserIsMadeKnownOnce() {
    assertThat(create("ann")).isEqualTo(User.newBuilder().setName("ann").build());
    assertUserExists(failure(() -> create("ann")), "name", "ann");
  }

  @Test
  void aUserWhomAnotherFrontendMakesKnownFirstExists() {
    store.hold();
    ListenableFuture<User> creation =
        client.later().createUser(CreateUserRequest.newBuilder().setName("ann").build());
    await().until(() -> store.waiting() > 0);
    store.createUsers("ann");
    store.release();
    assertThatThrownBy(creation::get)
        .cause()
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, error -> assertUserExists(error, "name", "ann"));
  }

  @Test
  void aUserIsToldByName() {
    store.createUsers("ann");
    assertThat(get("ann").getName()).isEqualTo("ann");
    assertNoUser(failure(() -> get("bob")), "name", "bob");
  }

  @Test
  void usersAreThoseOfTheMessenger() {
    cluster.client(1).login("hw2");
    assertThat(names(list(0, "").getUsersList())).containsExactly("hw2");
    create("v1");
    assertThat(cluster.client(1).login("v1")).isEqualTo("Welcome Back v1");
  }

  @Test
  void usersAreListedInOrderOfCreationPageByPage() {
    store.createUsers(numbered(5));
    ListUsersResponse first = list(2, "");
    assertThat(names(first.getUsersList())).containsExactly("u0", "u1");
    store.createUsers("later");
    get("later");
    ListUsersResponse second = list(2, first.getNextPageToken());
    assertThat(names(second.getUsersList())).containsExactly("u2", "u3");
    ListUsersResponse third = list(2, second.getNextPageToken());
    assertThat(names(third.getUsersList())).containsExactly("u4", "later");
    assertThat(third.getNextPageToken()).isEmpty();
  }

  @Test
  void aPageHasFiftyUnlessAskedOtherwiseAndAtMostAThousand() {
    store.createUsers(numbered(1_001));
    assertThat(list(0, "").getUsersList()).hasSize(50);
    ListUsersResponse most = list(1_000, "");
    assertThat(most.getUsersList()).hasSize(1_000);
    assertThat(list(1_000, most.getNextPageToken()).getUsersList()).hasSize(1);
  }

  @Test
  void aPageTokenIsGoodAtAFrontendThatIsBehind() {
    store.createUsers("u0");
    ParleyClient behind = cluster.parleyClient(2);
    behind.stub().getUser(GetUserRequest.newBuilder().setName("u0").build());
    for (int i = 1; i <= 30; i++) {
      store.createUsers("u" + i);
      ListUsersRequest second =
          ListUsersRequest.newBuilder()
              .setPageSize(1)
              .setPageToken(list(i, "").getNextPageToken())
              .build();
      assertThat(names(behind.stub().listUsers(second).getUsersList())).containsExactly("u" + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "p1.1", "u1.0"})
  void pageTokensOfNoResponseAreInvalid(String token) {
    store.createUsers("ann");
    String text = "the page_token '" + token + "' is not from a response";
    assertInvalid(failure(() -> list(1, token)), "page_token", text);
    assertInvalid(failure(() -> followees("ann", 1, token)), "page_token", text);
    assertInvalid(failure(() -> followers("ann", 1, token)), "page_token", text);
  }

  @Test
  void pageTokensThatNameAPlaceToComeAreInvalid() {
    store.createUsers("ann");
    String text = "the page_token names a place that is still to come";
    assertInvalid(failure(() -> list(1, "u1.0.zzz")), "page_token", text);
    assertInvalid(failure(() -> followees("ann", 1, "e1.zzz")), "page_token", text);
    assertInvalid(failure(() -> followers("ann", 1, "r1.0.zzz")), "page_token", text);
    assertThat(list(1, "u1.zzz.1").getUsersList()).as("beyond the end").isEmpty();
    assertThat(followers("ann", 1, "r1.zzz.1").getUsersList()).as("beyond the end").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1_001})
  void pageSizesOutOfRangeAreInvalid(int size) {
    store.createUsers("ann");
    String text = "the page_size " + size + " is not from 0 to 1000";
    assertInvalid(failure(() -> list(size, "")), "page_size", text);
    assertInvalid(failure(() -> followees("ann", size, "")), "page_size", text);
    assertInvalid(failure(() -> followers("ann", size, "")), "page_size", text);
  }

  @Test
  void badNamesAreInvalidAndTheirFieldIsNamed() {
    assertInvalid(failure(() -> create("")), "name", "the name is empty");
    assertInvalid(
        failure(() -> create("ü".repeat(33))),
        "name",
        "the name '" + "ü".repeat(33) + "' has 66 bytes of UTF-8; at most 64 are allowed");
    assertInvalid(
        failure(() -> get("a\n")),
        "name",
        "the name 'a\\u000a' has the control character U+000A at position 2");
    assertInvalid(failure(() -> client.follow("", "b")), "follower", "the follower is empty");
    assertInvalid(failure(() -> client.follow("a", "")), "followee", "the followee is empty");
    assertInvalid(failure(() -> client.unfollow("", "b")), "follower", "the follower is empty");
    assertInvalid(failure(() -> client.unfollow("a", "")), "followee", "the followee is empty");
    assertInvalid(failure(() -> followees("", 0, "")), "user", "the user is empty");
    assertInvalid(failure(() -> followers("", 0, "")), "user", "the user is empty");
  }

  @Test
  void followingChangesSomethingOnce() {
    store.createUsers("ann", "bob");
    assertThat(client.follow("ann", "bob")).isTrue();
    assertThat(client.follow("ann", "bob")).isFalse();
    assertThat(names(followees("ann", 0, "").getUsersList())).containsExactly("bob");
    assertThat(client.unfollow("ann", "bob")).isTrue();
    assertThat(client.unfollow("ann", "bob")).isFalse();
    assertThat(followees("ann", 0, "").getUsersList()).isEmpty();
  }

  @Test
  void nobodyFollowsOneself() {
    store.createUsers("ann");
    String text = "follower and followee are both 'ann'; nobody follows oneself";
    assertInvalid(failure(() -> client.follow("ann", "ann")), "followee", text);
    assertInvalid(failure(() -> client.unfollow("ann", "ann")), "followee", text);
  }

  @Test
  void whoDoesNotExistIsNamed() {
    store.createUsers("ann");
    assertNoUser(failure(() -> client.follow("ann", "bob")), "followee", "bob");
    assertNoUser(failure(() -> client.follow("bob", "ann")), "follower", "bob");
    assertNoUser(failure(() -> client.unfollow("ann", "bob")), "followee", "bob");
    assertNoUser(failure(() -> client.unfollow("bob", "ann")), "follower", "bob");
    assertNoUser(failure(() -> followees("bob", 0, "")), "user", "bob");
    assertNoUser(failure(() -> followers("bob", 0, "")), "user", "bob");
  }

  @Test
  void followeesAreListedInOrderOfFollowingPageByPage() {
    store.createUsers("ann", "b", "c", "d", "e");
    for (String followee : List.of("d", "b", "e", "c")) {
      client.follow("ann", followee);
    }
    ListFolloweesResponse first = followees("ann", 2, "");
    assertThat(names(first.getUsersList())).containsExactly("d", "b");
    client.unfollow("ann", "d");
    ListFolloweesResponse second = followees("ann", 2, first.getNextPageToken());
    assertThat(names(second.getUsersList())).as("none is skipped").containsExactly("e", "c");
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void followersAreListedInOrderOfCreationPageByPage() {
    store.createUsers("ann", "b", "c", "d", "e");
    for (String follower : List.of("e", "c", "b")) {
      client.follow(follower, "ann");
    }
    ListFollowersResponse first = followers("ann", 2, "");
    assertThat(names(first.getUsersList())).containsExactly("b", "c");
    ListFollowersResponse second = followers("ann", 2, first.getNextPageToken());
    assertThat(names(second.getUsersList())).containsExactly("e");
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void aCallLooksAtABoundedNumberOfUsersForFollowers() {
    store.createUsers(numbered(120_000));
    store.follow("u119999", "u0");
    List<List<String>> pages = new ArrayList<>();
    String token = "";
    do {
      ListFollowersResponse page = followers("u0", 1, token);
      pages.add(names(page.getUsersList()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(pages).containsExactly(List.of(), List.of("u119999"));
  }

  @Test
  void firstPagesShowWhatAnotherFrontendHasJustDone() {
    create("ann");
    for (int i = 0; i < 20; i++) {
      String name = "u" + i;
      store.createUsers(name);
      store.follow("ann", name);
      assertThat(names(list(1_000, "").getUsersList())).contains(name);
      assertThat(names(followees("ann", 1_000, "").getUsersList())).contains(name);
      assertThat(names(followers(name, 0, "").getUsersList())).containsExactly("ann");
    }
  }

  @Test
  void aRequestThatCannotBeDecodedIsInvalid() {
    byte[] latin1 = {0x0a, 0x01, (byte) 0xe4};
    RawCall call =
        RawCall.start(
            client.channel(),
            ParleyGrpc.getCreateUserMethod(),
            new EncodedMarshaller(),
            List.of(latin1));
    assertNamesNoField(call, Code.INVALID_ARGUMENT);
    assertThat(call.end().getDescription())
        .isEqualTo("the request cannot be decoded: are its texts valid UTF-8?");
  }

  @Test
  void changesWaitForAPrimary() throws Exception {
    store.createUsers("ann", "bob");
    assertThat(names(list(0, "").getUsersList())).hasSize(2);
    store.dethrone();
    ListenableFuture<User> creation =
        client.later().createUser(CreateUserRequest.newBuilder().setName("new").build());
    ListenableFuture<FollowUserResponse> follow =
        client
            .later()
            .followUser(
                FollowUserRequest.newBuilder().setFollower("ann").setFollowee("bob").build());
    ListenableFuture<UnfollowUserResponse> unfollow =
        client
            .later()
            .unfollowUser(
                UnfollowUserRequest.newBuilder().setFollower("bob").setFollowee("ann").build());
    client.awaitTaken();
    assertThat(List.of(creation.isDone(), follow.isDone(), unfollow.isDone())).containsOnly(false);
    store.changePrimary(3);
    assertThat(creation.get().getName()).isEqualTo("new");
    assertThat(follow.get().getChanged()).isTrue();
    assertThat(unfollow.get().getChanged()).isFalse();
  }
}
