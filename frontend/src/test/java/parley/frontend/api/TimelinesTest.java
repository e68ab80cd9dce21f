package parley.frontend.api;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.frontend.fake.Details.assertInvalid;
import static parley.frontend.fake.Details.assertNoUser;
import static parley.frontend.fake.ParleyClient.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.frontend.fake.FakeCluster;
import parley.frontend.fake.FakeStore;
import parley.frontend.fake.ParleyClient;
import parley.proto.v1.ListHomeTimelineRequest;
import parley.proto.v1.ListHomeTimelineResponse;
import parley.proto.v1.ListPostsRequest;
import parley.proto.v1.ListPostsResponse;
import parley.proto.v1.Post;

/** ListPosts and ListHomeTimeline, page by page. */
class TimelinesTest {
  private FakeCluster cluster;
  private FakeStore store;
  private ParleyClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = new FakeCluster();
    store = cluster.store();
    client = cluster.parleyClient(1);
    store.createUsers("reader", "ann", "bob", "stranger");
  }

  @AfterEach
  void stop() {
    cluster.close();
    assertThat(cluster.ends()).isEmpty();
  }

  private static ListPostsResponse posts(
      ParleyClient client, String author, int size, String token) {
    return client
        .stub()
        .listPosts(
            ListPostsRequest.newBuilder()
                .setAuthor(author)
                .setPageSize(size)
                .setPageToken(token)
                .build());
  }

  private static ListHomeTimelineResponse home(
      ParleyClient client, String user, int size, String token) {
    return client
        .stub()
        .listHomeTimeline(
            ListHomeTimelineRequest.newBuilder()
                .setUser(user)
                .setPageSize(size)
                .setPageToken(token)
                .build());
  }

  private static List<String> texts(List<Post> posts) {
    return posts.stream().map(Post::getText).toList();
  }

  private void post(String author, int from, int to) {
    IntStream.range(from, to).forEach(i -> store.post(author, Integer.toString(i)));
  }

  @Test
  void postsOfOneUserAreListedNewestFirstPageByPage() {
    for (int i = 0; i < 5; i++) {
      store.post("ann", Integer.toString(i));
      store.post("bob", "another's");
    }
    ListPostsResponse first = posts(client, "ann", 2, "");
    assertThat(texts(first.getPostsList())).containsExactly("4", "3");
    assertThat(first.getPosts(0))
        .isEqualTo(Post.newBuilder().setAuthor("ann").setText("4").setIndex(13).build());
    store.post("ann", "newer");
    ListPostsResponse second = posts(client, "ann", 2, first.getNextPageToken());
    assertThat(texts(second.getPostsList())).containsExactly("2", "1");
    ListPostsResponse third = posts(cluster.parleyClient(2), "ann", 2, second.getNextPageToken());
    assertThat(texts(third.getPostsList())).containsExactly("0");
    assertThat(third.getNextPageToken()).isEmpty();
  }

  @Test
  void whoHasPostedAsManyAsAPageHoldsHasOnePage() {
    post("ann", 0, 3);
    assertThat(posts(client, "ann", 3, "").getNextPageToken()).isEmpty();
    assertThat(posts(client, "stranger", 3, "")).isEqualTo(ListPostsResponse.getDefaultInstance());
  }

  @Test
  void pagesMayHoldAThousand() {
    post("ann", 0, 1_001);
    ListPostsResponse page = posts(client, "ann", 1_000, "");
    assertThat(page.getPostsList()).hasSize(1_000);
    assertThat(texts(posts(client, "ann", 1_000, page.getNextPageToken()).getPostsList()))
        .containsExactly("0");
  }

  @Test
  void longPostsMakePagesShorterAndNoneIsLeftOut() {
    String padding = "x".repeat(4_000);
    IntStream.range(0, 1_000).forEach(i -> store.post("ann", i + padding));
    List<String> all = new ArrayList<>();
    String token = "";
    int pages = 0;
    do {
      ListPostsResponse page = posts(client, "ann", 1_000, token);
      assertThat(page.getSerializedSize()).isLessThan(3 << 20);
      all.addAll(texts(page.getPostsList()));
      token = page.getNextPageToken();
      pages++;
    } while (!token.isEmpty());
    assertThat(pages).isEqualTo(2);
    assertThat(all.stream().map(text -> text.replace("x", "")))
        .isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> Integer.toString(999 - i)).toList());
  }

  @Test
  void whatAReplicaCannotSendAtOnceComesWithTheNextPage() {
    post("ann", 0, 10);
    store.cutHistory(4);
    ListPostsResponse first = posts(client, "ann", 8, "");
    assertThat(texts(first.getPostsList())).containsExactly("9", "8", "7", "6");
    ListPostsResponse second = posts(client, "ann", 8, first.getNextPageToken());
    assertThat(texts(second.getPostsList())).containsExactly("5", "4", "3", "2");
  }

  @Test
  void theHomeTimelineShowsWhatFolloweesHavePostedSinceTheFollow() {
    store.post("ann", "before");
    client.follow("reader", "ann");
    store.post("ann", "a1");
    client.follow("reader", "bob");
    store.post("bob", "b1");
    store.post("stranger", "not followed");
    store.post("ann", "a2");
    assertThat(texts(home(client, "reader", 0, "").getPostsList()))
        .containsExactly("a2", "b1", "a1");
    client.unfollow("reader", "ann");
    assertThat(texts(home(client, "reader", 0, "").getPostsList())).containsExactly("b1");
    client.follow("reader", "ann");
    assertThat(texts(home(client, "reader", 0, "").getPostsList()))
        .as("old posts do not come back")
        .containsExactly("b1");
  }

  @Test
  void pagesOfAHomeTimelineHaveOneCursor() {
    client.follow("reader", "ann");
    post("ann", 0, 5);
    ListHomeTimelineResponse first = home(client, "reader", 2, "");
    assertThat(texts(first.getPostsList())).containsExactly("4", "3");
    assertThat(first.getCursor()).isEqualTo(Token.CURSOR.of(10));
    store.post("ann", "newer");
    ListHomeTimelineResponse second =
        home(cluster.parleyClient(3), "reader", 2, first.getNextPageToken());
    assertThat(texts(second.getPostsList())).containsExactly("2", "1");
    assertThat(second.getCursor()).isEqualTo(first.getCursor());
    ListHomeTimelineResponse third = home(client, "reader", 2, second.getNextPageToken());
    assertThat(texts(third.getPostsList())).containsExactly("0");
    assertThat(third.getCursor()).isEqualTo(first.getCursor());
    assertThat(third.getNextPageToken()).isEmpty();
  }

  @Test
  void anEmptyHomeTimelineHasACursor() {
    assertThat(home(client, "reader", 0, ""))
        .isEqualTo(ListHomeTimelineResponse.newBuilder().setCursor(Token.CURSOR.of(4)).build());
  }

  @Test
  void firstPagesShowWhatAnotherFrontendHasJustDone() {
    client.follow("reader", "ann");
    for (int i = 0; i < 20; i++) {
      String text = Integer.toString(i);
      store.post("ann", text);
      assertThat(posts(client, "ann", 1, "").getPosts(0).getText()).isEqualTo(text);
      store.post("ann", "home " + text);
      assertThat(home(client, "reader", 1, "").getPosts(0).getText()).isEqualTo("home " + text);
    }
  }

  @Test
  void laterPagesNeedNoPrimary() {
    client.follow("reader", "ann");
    post("ann", 0, 4);
    String token = posts(client, "ann", 2, "").getNextPageToken();
    String homeToken = home(client, "reader", 2, "").getNextPageToken();
    store.dethrone();
    assertThat(texts(posts(client, "ann", 2, token).getPostsList())).containsExactly("1", "0");
    assertThat(texts(home(client, "reader", 2, homeToken).getPostsList()))
        .containsExactly("1", "0");
  }

  @Test
  void whatIsWrongIsNamed() {
    assertInvalid(failure(() -> posts(client, "", 0, "")), "author", "the author is empty");
    assertInvalid(failure(() -> home(client, "", 0, "")), "user", "the user is empty");
    assertNoUser(failure(() -> posts(client, "nobody", 0, "")), "author", "nobody");
    assertNoUser(failure(() -> home(client, "nobody", 0, "")), "user", "nobody");
    String size = "the page_size 1001 is not from 0 to 1000";
    assertInvalid(failure(() -> posts(client, "ann", 1_001, "")), "page_size", size);
    assertInvalid(failure(() -> home(client, "reader", 1_001, "")), "page_size", size);
    String foreign = "the page_token 'e1.1' is not from a response";
    assertInvalid(failure(() -> posts(client, "ann", 0, "e1.1")), "page_token", foreign);
    assertInvalid(failure(() -> home(client, "reader", 0, "e1.1")), "page_token", foreign);
    assertInvalid(
        failure(() -> home(client, "reader", 0, "h1.3.2")),
        "page_token",
        "the page_token 'h1.3.2' is not from a response");
    String toCome = "the page_token names a place that is still to come";
    assertInvalid(failure(() -> posts(client, "ann", 0, "p1.zzz")), "page_token", toCome);
    assertInvalid(failure(() -> home(client, "reader", 0, "h1.1.zzz")), "page_token", toCome);
    assertThat(posts(client, "ann", 0, "p1.0").getPostsList()).isEmpty();
    assertThat(home(client, "reader", 0, "h1.0.0").getPostsList()).isEmpty();
  }
}
