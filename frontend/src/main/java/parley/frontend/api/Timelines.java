package parley.frontend.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import parley.frontend.call.InputRules;
import parley.frontend.call.InvalidInput;
import parley.frontend.call.Parts;
import parley.frontend.call.UnaryCall;
import parley.frontend.store.HistoryReader;
import parley.frontend.store.PlacedPost;
import parley.proto.v1.ListHomeTimelineRequest;
import parley.proto.v1.ListHomeTimelineResponse;
import parley.proto.v1.ListPostsRequest;
import parley.proto.v1.ListPostsResponse;
import parley.proto.v1.Post;

/** ListPosts and ListHomeTimeline. Owned by the loop. */
final class Timelines {
  /** Clients take four megabytes in one message, unless they are told otherwise. */
  private static final int PAGE_BYTES = 2 << 20;

  /** In place of the index of a page's last post: no older ones follow. */
  private static final long NOTHING_OLDER = 0;

  private final Parts parts;
  private final Readings readings;

  Timelines(Parts parts, Readings readings) {
    this.parts = parts;
    this.readings = readings;
  }

  void listPosts(UnaryCall<?, ListPostsResponse> call, ListPostsRequest request)
      throws InvalidInput {
    String author = request.getAuthor();
    parts.rules().checkName("author", author);
    int size = PageSize.of(request.getPageSize());
    if (request.getPageToken().isEmpty()) {
      readings.whenCurrent(
          call,
          () -> readPosts(call, author, parts.timeline().appliedIndex(), size),
          new NamedUser("author", author));
      return;
    }
    long[] token = Token.POSTS.read("page_token", request.getPageToken());
    readings.whenReached(
        token[0],
        "page_token",
        call,
        () -> readPosts(call, author, Math.max(0, token[0] - 1), size),
        new NamedUser("author", author));
  }

  private void readPosts(
      UnaryCall<?, ListPostsResponse> call, String author, long upToIndex, int size) {
    parts
        .history()
        .readAuthor(
            upToIndex,
            size + 1,
            author,
            new Page(
                call,
                size,
                (posts, last) -> {
                  ListPostsResponse.Builder page = ListPostsResponse.newBuilder();
                  page.addAllPosts(posts);
                  if (last != NOTHING_OLDER) {
                    page.setNextPageToken(Token.POSTS.of(last));
                  }
                  call.reply(page.build());
                }));
  }

  void listHomeTimeline(
      UnaryCall<?, ListHomeTimelineResponse> call, ListHomeTimelineRequest request)
      throws InvalidInput {
    String user = request.getUser();
    parts.rules().checkName("user", user);
    int size = PageSize.of(request.getPageSize());
    if (request.getPageToken().isEmpty()) {
      readings.whenCurrent(
          call,
          () -> {
            long index = parts.timeline().appliedIndex();
            readHomeTimeline(call, user, index, size, index);
          },
          new NamedUser("user", user));
      return;
    }
    long[] token = Token.HOME_TIMELINE.read("page_token", request.getPageToken());
    if (token[0] > token[1]) {
      throw new InvalidInput(
          "page_token",
          "the page_token %s is not from a response"
              .formatted(InputRules.shown(request.getPageToken())));
    }
    readings.whenReached(
        token[1],
        "page_token",
        call,
        () -> readHomeTimeline(call, user, Math.max(0, token[0] - 1), size, token[1]),
        new NamedUser("user", user));
  }

  /**
   * @param asOfIndex the index as of which the first page was read
   */
  private void readHomeTimeline(
      UnaryCall<?, ListHomeTimelineResponse> call,
      String user,
      long upToIndex,
      int size,
      long asOfIndex) {
    parts
        .history()
        .readFollowees(
            upToIndex,
            size + 1,
            parts.timeline().graph(),
            parts.timeline().graph().idOf(user),
            new Page(
                call,
                size,
                (posts, last) -> {
                  ListHomeTimelineResponse.Builder page = ListHomeTimelineResponse.newBuilder();
                  page.addAllPosts(posts).setCursor(Token.CURSOR.of(asOfIndex));
                  if (last != NOTHING_OLDER) {
                    page.setNextPageToken(Token.HOME_TIMELINE.of(last, asOfIndex));
                  }
                  call.reply(page.build());
                }));
  }

  /**
   * A page that is being read, one post more than fits on it.
   *
   * @param then takes the posts, newest first, and the index of the last one if older ones follow
   */
  private record Page(UnaryCall<?, ?> call, int size, BiConsumer<List<Post>, Long> then)
      implements HistoryReader.Viewer {

    @Override
    public void onHistory(List<PlacedPost> oldestFirst, boolean complete) {
      List<Post> page = new ArrayList<>();
      int bytes = 0;
      int next = oldestFirst.size() - 1;
      while (next >= 0 && page.size() < size && bytes < PAGE_BYTES) {
        Post post = Posts.encode(oldestFirst.get(next--));
        bytes += post.getSerializedSize();
        page.add(post);
      }
      boolean olderFollow = next >= 0 || !complete;
      then.accept(page, olderFollow ? page.get(page.size() - 1).getIndex() : NOTHING_OLDER);
    }

    @Override
    public boolean isWanted() {
      return call.isOpen();
    }
  }
}
