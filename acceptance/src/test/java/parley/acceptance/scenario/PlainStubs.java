package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.Hosts;
import parley.proto.v1.CreatePostRequest;
import parley.proto.v1.CreateUserRequest;
import parley.proto.v1.FollowUserRequest;
import parley.proto.v1.ListFolloweesRequest;
import parley.proto.v1.ListFolloweesResponse;
import parley.proto.v1.ListFollowersRequest;
import parley.proto.v1.ListFollowersResponse;
import parley.proto.v1.ListHomeTimelineRequest;
import parley.proto.v1.ListPostsRequest;
import parley.proto.v1.ListUsersRequest;
import parley.proto.v1.ListUsersResponse;
import parley.proto.v1.ParleyGrpc.ParleyBlockingStub;
import parley.proto.v1.Post;
import parley.proto.v1.UnfollowUserRequest;
import parley.proto.v1.User;
import parley.proto.v1.WatchHomeTimelineRequest;
import parley.proto.v1.WatchHomeTimelineResponse;

/**
 * Who has nothing but stubs of {@code parley.v1} gets what the interface says, whichever frontend
 * each call goes to.
 */
interface PlainStubs extends Scenario {
  int LISTED = 7;
  int PAGE = 2;
  int PAGES_MAX = 100;

  @Test
  default void unfollowedUsersPostsLeaveTheTimelineAndDoNotArriveAnyMore() {
    PATIENCE.await("all hosts serve", hosts()::serving);
    try (PlainParley one = at(1);
        PlainParley two = at(2);
        PlainParley three = at(3)) {
      for (String user : List.of("lena", "kurt", "rosa")) {
        create(one, user);
      }
      assertThat(follow(one, "rosa", "lena")).isTrue();
      assertThat(follow(two, "rosa", "lena")).isFalse();
      assertThat(follow(two, "rosa", "kurt")).isTrue();
      Iterator<WatchHomeTimelineResponse> watch =
          three
              .call()
              .watchHomeTimeline(WatchHomeTimelineRequest.newBuilder().setUser("rosa").build());
      assertThat(watch.next().hasPost()).as("the first one says where it begins").isFalse();
      Post before = post(one, "lena", "before");
      assertThat(nextPost(watch)).isEqualTo(before);
      assertThat(home(two, "rosa")).containsExactly(before);

      assertThat(unfollow(two, "rosa", "lena")).isTrue();
      assertThat(unfollow(one, "rosa", "lena")).isFalse();
      Post after = post(three, "lena", "after");
      Post marker = post(one, "kurt", "and now?");

      assertThat(nextPost(watch)).isEqualTo(marker);
      for (PlainParley each : List.of(one, two, three)) {
        assertThat(home(each, "rosa")).containsExactly(marker);
        assertThat(posts(each, "lena")).containsExactly(after, before);
      }
    }
  }

  @Test
  default void listsGoOnAtAnotherFrontendWithEachPage() {
    PATIENCE.await("all hosts serve", hosts()::serving);
    List<String> created = IntStream.range(0, LISTED).mapToObj(i -> "listed-" + i).toList();
    List<String> latestFirst = new ArrayList<>(created);
    Collections.reverse(latestFirst);
    try (PlainParley one = at(1);
        PlainParley two = at(2);
        PlainParley three = at(3)) {
      List<PlainParley> all = List.of(one, two, three);
      for (String user : created) {
        create(two, user);
      }
      create(three, "fan");
      create(three, "star");
      // Not in the order of creation.
      for (String user : latestFirst) {
        assertThat(follow(one, "fan", user)).isTrue();
        assertThat(follow(two, user, "star")).isTrue();
      }

      assertThat(pages(all, PlainStubs::followeesOfFan)).containsExactlyElementsOf(latestFirst);
      assertThat(pages(all, PlainStubs::followersOfStar)).containsExactlyElementsOf(created);
      List<String> users = new ArrayList<>(created);
      users.addAll(List.of("fan", "star"));
      assertThat(pages(all, PlainStubs::users)).doesNotHaveDuplicates().containsSequence(users);
    }
  }

  private PlainParley at(int host) {
    return new PlainParley(hosts().frontend(host));
  }

  private static void create(PlainParley at, String user) {
    assertThat(at.call().createUser(CreateUserRequest.newBuilder().setName(user).build()).getName())
        .isEqualTo(user);
  }

  private static boolean follow(PlainParley at, String follower, String followee) {
    return at.call()
        .followUser(
            FollowUserRequest.newBuilder().setFollower(follower).setFollowee(followee).build())
        .getChanged();
  }

  private static boolean unfollow(PlainParley at, String follower, String followee) {
    return at.call()
        .unfollowUser(
            UnfollowUserRequest.newBuilder().setFollower(follower).setFollowee(followee).build())
        .getChanged();
  }

  private static Post post(PlainParley at, String author, String text) {
    return at.call()
        .createPost(
            CreatePostRequest.newBuilder()
                .setAuthor(author)
                .setText(text)
                .setRequestId(author + ": " + text)
                .build());
  }

  private static List<Post> home(PlainParley at, String user) {
    return at.call()
        .listHomeTimeline(ListHomeTimelineRequest.newBuilder().setUser(user).build())
        .getPostsList();
  }

  private static List<Post> posts(PlainParley at, String author) {
    return at.call()
        .listPosts(ListPostsRequest.newBuilder().setAuthor(author).build())
        .getPostsList();
  }

  /** Passes over what only moves the cursor. */
  private static Post nextPost(Iterator<WatchHomeTimelineResponse> watch) {
    WatchHomeTimelineResponse response = watch.next();
    while (!response.hasPost()) {
      response = watch.next();
    }
    return response.getPost();
  }

  /** One page of a list. */
  record NamesPage(List<User> users, String next) {}

  /** How a page is had. */
  interface Pages {
    NamesPage get(ParleyBlockingStub stub, String token);
  }

  private static List<String> pages(List<PlainParley> all, Pages pages) {
    List<String> names = new ArrayList<>();
    String token = "";
    int number = 0;
    do {
      NamesPage page = pages.get(all.get(number % Hosts.COUNT).call(), token);
      assertThat(page.users()).hasSizeLessThanOrEqualTo(PAGE);
      page.users().forEach(user -> names.add(user.getName()));
      token = page.next();
      number++;
      assertThat(number).isLessThan(PAGES_MAX);
    } while (!token.isEmpty());
    return names;
  }

  private static NamesPage users(ParleyBlockingStub stub, String token) {
    ListUsersResponse page =
        stub.listUsers(ListUsersRequest.newBuilder().setPageSize(PAGE).setPageToken(token).build());
    return new NamesPage(page.getUsersList(), page.getNextPageToken());
  }

  private static NamesPage followeesOfFan(ParleyBlockingStub stub, String token) {
    ListFolloweesResponse page =
        stub.listFollowees(
            ListFolloweesRequest.newBuilder()
                .setUser("fan")
                .setPageSize(PAGE)
                .setPageToken(token)
                .build());
    return new NamesPage(page.getUsersList(), page.getNextPageToken());
  }

  private static NamesPage followersOfStar(ParleyBlockingStub stub, String token) {
    ListFollowersResponse page =
        stub.listFollowers(
            ListFollowersRequest.newBuilder()
                .setUser("star")
                .setPageSize(PAGE)
                .setPageToken(token)
                .build());
    return new NamesPage(page.getUsersList(), page.getNextPageToken());
  }
}
