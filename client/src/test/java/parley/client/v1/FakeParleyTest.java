package parley.client.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.proto.v1.CreatePostRequest;
import parley.proto.v1.CreateUserRequest;
import parley.proto.v1.ListHomeTimelineRequest;
import parley.proto.v1.ListHomeTimelineResponse;
import parley.proto.v1.ListUsersRequest;
import parley.proto.v1.ListUsersResponse;
import parley.proto.v1.ParleyGrpc;
import parley.proto.v1.ParleyGrpc.ParleyBlockingStub;
import parley.proto.v1.Post;
import parley.proto.v1.StreamPostsRequest;
import parley.proto.v1.StreamPostsRequest.NewPost;
import parley.proto.v1.StreamPostsRequest.Opening;
import parley.proto.v1.StreamPostsResponse;
import parley.proto.v1.User;
import parley.proto.v1.WatchHomeTimelineRequest;
import parley.proto.v1.WatchHomeTimelineResponse;

/** What tests of clients rely on. */
class FakeParleyTest {

  private static final String OK = "OK";

  private final FakeCluster cluster = new FakeCluster();
  private final FakeParley server = new FakeParley(cluster);
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", server.address().port()).usePlaintext().build();

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void pagesOfUsersJoinWithoutGap() {
    cluster.addUsers("a", "b", "c");
    ListUsersResponse first = blocking().listUsers(users("", 2));
    ListUsersResponse second = blocking().listUsers(users(first.getNextPageToken(), 2));
    assertThat(first.getUsersList()).extracting(User::getName).containsExactly("a", "b");
    assertThat(second.getUsersList()).extracting(User::getName).containsExactly("c");
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void pagesOfPostsJoinAlthoughMoreArePosted() {
    cluster.addUsers("alice", "bob");
    cluster.follow("alice", "bob");
    for (String text : new String[] {"one", "two", "three"}) {
      cluster.post("bob", text);
    }
    ListHomeTimelineResponse newest = blocking().listHomeTimeline(timeline("", 2));
    cluster.post("bob", "four");
    ListHomeTimelineResponse older =
        blocking().listHomeTimeline(timeline(newest.getNextPageToken(), 2));
    assertThat(newest.getPostsList()).extracting(Post::getText).containsExactly("three", "two");
    assertThat(older.getPostsList()).extracting(Post::getText).containsExactly("one");
  }

  @Test
  void postWithTheSameKeyIsMadeOnce() {
    cluster.addUsers("alice");
    CreatePostRequest request =
        CreatePostRequest.newBuilder()
            .setAuthor("alice")
            .setText("hello")
            .setRequestId("1")
            .build();
    server.loseAnswers(1);
    assertThatThrownBy(() -> blocking().createPost(request)).hasMessageContaining("UNAVAILABLE");
    assertThat(blocking().createPost(request).getIndex()).isPositive();
    assertThat(cluster.texts("alice")).containsExactly("hello");
  }

  @Test
  void droppedAcknowledgementsAreGivenWhenThePostsComeAgain() throws Exception {
    cluster.addUsers("alice");
    server.dropAcknowledgements(2);
    Acknowledgements broken = new Acknowledgements();
    StreamObserver<StreamPostsRequest> stream = open(broken, "alice");
    stream.onNext(post(1, "one"));
    stream.onNext(post(2, "two"));
    assertThat(broken.next()).isEqualTo("UNAVAILABLE");

    Acknowledgements again = new Acknowledgements();
    stream = open(again, "alice");
    stream.onNext(post(1, "one"));
    stream.onNext(post(2, "two"));
    stream.onNext(post(3, "three"));
    stream.onCompleted();
    assertThat(again.next()).isEqualTo("1");
    assertThat(again.next()).isEqualTo("2");
    assertThat(again.next()).isEqualTo("3");
    assertThat(again.next()).isEqualTo(OK);
    assertThat(cluster.texts("alice")).containsExactly("one", "two", "three");
  }

  @Test
  void aGapInTheSequenceEndsTheStream() throws Exception {
    cluster.addUsers("alice");
    Acknowledgements acknowledgements = new Acknowledgements();
    open(acknowledgements, "alice").onNext(post(2, "two"));
    assertThat(acknowledgements.next()).isEqualTo("FAILED_PRECONDITION");
  }

  @Test
  void watchBeginsBehindItsCursorAndGoesOn() {
    cluster.addUsers("alice", "bob");
    cluster.follow("alice", "bob");
    cluster.post("bob", "before");
    String cursor = blocking().listHomeTimeline(timeline("", 1)).getCursor();
    cluster.post("bob", "between");
    Iterator<WatchHomeTimelineResponse> watch =
        blocking()
            .watchHomeTimeline(
                WatchHomeTimelineRequest.newBuilder().setUser("alice").setCursor(cursor).build());
    assertThat(watch.next().hasPost()).isFalse();
    assertThat(watch.next().getPost().getText()).isEqualTo("between");
    cluster.post("bob", "after");
    assertThat(watch.next().getPost().getText()).isEqualTo("after");
    server.moveCursors();
    assertThat(watch.next().hasPost()).isFalse();
    server.breakStreams(Status.UNAVAILABLE);
    assertThatThrownBy(watch::next).isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void hungServerSaysNothingAndGoesOnWithWhatHasCome() {
    blocking().listUsers(users("", 0));
    server.hang();
    ParleyBlockingStub hasty =
        ParleyGrpc.newBlockingStub(channel).withDeadlineAfter(300, TimeUnit.MILLISECONDS);
    assertThatThrownBy(
            () -> hasty.createUser(CreateUserRequest.newBuilder().setName("alice").build()))
        .hasMessageContaining("DEADLINE_EXCEEDED");
    server.resume();
    assertThat(blocking().listUsers(users("", 0)).getUsersCount()).isLessThanOrEqualTo(1);
  }

  @Test
  void killedServerComesBackAtItsPort() throws InterruptedException {
    cluster.addUsers("alice");
    blocking().listUsers(users("", 0));
    server.kill();
    assertThat(server.connections()).isZero();
    assertThatThrownBy(() -> blocking().listUsers(users("", 0)))
        .hasMessageContaining("UNAVAILABLE");
    server.restart();
    assertThat(blocking().withWaitForReady().listUsers(users("", 0)).getUsersCount()).isOne();
  }

  @Test
  void refusesAsTold() {
    server.refuse(Status.RESOURCE_EXHAUSTED);
    assertThatThrownBy(() -> blocking().listUsers(users("", 0)))
        .hasMessageContaining("RESOURCE_EXHAUSTED");
    server.refuse(Status.OK);
    assertThat(blocking().listUsers(users("", 0)).getUsersCount()).isZero();
  }

  private ParleyBlockingStub blocking() {
    return ParleyGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  private StreamObserver<StreamPostsRequest> open(Acknowledgements answers, String author) {
    StreamObserver<StreamPostsRequest> stream = ParleyGrpc.newStub(channel).streamPosts(answers);
    stream.onNext(
        StreamPostsRequest.newBuilder()
            .setOpening(Opening.newBuilder().setAuthor(author).setWriter(7))
            .build());
    return stream;
  }

  private static StreamPostsRequest post(long sequence, String text) {
    return StreamPostsRequest.newBuilder()
        .setPost(NewPost.newBuilder().setSequence(sequence).setText(text))
        .build();
  }

  private static ListUsersRequest users(String token, int size) {
    return ListUsersRequest.newBuilder().setPageToken(token).setPageSize(size).build();
  }

  private static ListHomeTimelineRequest timeline(String token, int size) {
    return ListHomeTimelineRequest.newBuilder()
        .setUser("alice")
        .setPageToken(token)
        .setPageSize(size)
        .build();
  }

  /** Sequence numbers acknowledged, then how the stream ended. */
  private static final class Acknowledgements implements StreamObserver<StreamPostsResponse> {

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
      return answers.poll(20, TimeUnit.SECONDS);
    }

    @Override
    public void onNext(StreamPostsResponse response) {
      response
          .getAcknowledgementsList()
          .forEach(acknowledged -> answers.add(Long.toString(acknowledged.getSequence())));
    }

    @Override
    public void onError(Throwable why) {
      answers.add(Status.fromThrowable(why).getCode().name());
    }

    @Override
    public void onCompleted() {
      answers.add(OK);
    }
  }
}
