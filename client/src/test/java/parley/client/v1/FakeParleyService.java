package parley.client.v1;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import parley.proto.v1.CreatePostRequest;
import parley.proto.v1.CreateUserRequest;
import parley.proto.v1.FollowUserRequest;
import parley.proto.v1.FollowUserResponse;
import parley.proto.v1.GetUserRequest;
import parley.proto.v1.ListFolloweesRequest;
import parley.proto.v1.ListFolloweesResponse;
import parley.proto.v1.ListFollowersRequest;
import parley.proto.v1.ListFollowersResponse;
import parley.proto.v1.ListHomeTimelineRequest;
import parley.proto.v1.ListHomeTimelineResponse;
import parley.proto.v1.ListPostsRequest;
import parley.proto.v1.ListPostsResponse;
import parley.proto.v1.ListUsersRequest;
import parley.proto.v1.ListUsersResponse;
import parley.proto.v1.ParleyGrpc.ParleyImplBase;
import parley.proto.v1.Post;
import parley.proto.v1.StreamPostsRequest;
import parley.proto.v1.StreamPostsResponse;
import parley.proto.v1.StreamPostsResponse.Acknowledgement;
import parley.proto.v1.UnfollowUserRequest;
import parley.proto.v1.UnfollowUserResponse;
import parley.proto.v1.User;
import parley.proto.v1.WatchHomeTimelineRequest;
import parley.proto.v1.WatchHomeTimelineResponse;

/**
 * parley.v1 on a {@link FakeCluster}. Everything that changes belongs to the executor's one thread;
 * switches are turned there, too.
 */
final class FakeParleyService extends ParleyImplBase {

  /** A call that goes on until it is ended. */
  private interface OpenStream {
    void end(StatusRuntimeException why);
  }

  private final FakeCluster cluster;
  private final Executor thread;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Set<OpenStream> streams = new LinkedHashSet<>();
  private final Set<Watch> watches = new LinkedHashSet<>();
  private int acknowledgementsToDrop;
  private int answersToLose;

  FakeParleyService(FakeCluster cluster, Executor thread) {
    this.cluster = cluster;
    this.thread = thread;
    cluster.onPost(() -> thread.execute(() -> List.copyOf(watches).forEach(Watch::send)));
  }

  List<String> calls() {
    return calls;
  }

  void dropAcknowledgements(int posts) {
    thread.execute(() -> acknowledgementsToDrop = posts);
  }

  void loseAnswers(int count) {
    thread.execute(() -> answersToLose = count);
  }

  void breakStreams(Status status) {
    thread.execute(
        () -> List.copyOf(streams).forEach(stream -> stream.end(status.asRuntimeException())));
  }

  void moveCursors() {
    thread.execute(() -> List.copyOf(watches).forEach(Watch::moveCursor));
  }

  @Override
  public void createUser(CreateUserRequest request, StreamObserver<User> answer) {
    answer(
        "CreateUser",
        answer,
        () -> {
          cluster.createUser(request.getName());
          return user(request.getName());
        });
  }

  @Override
  public void getUser(GetUserRequest request, StreamObserver<User> answer) {
    answer(
        "GetUser",
        answer,
        () -> {
          cluster.checkUser("name", request.getName());
          return user(request.getName());
        });
  }

  @Override
  public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> answer) {
    answer(
        "ListUsers",
        answer,
        () -> {
          Cut<String> cut = Cut.of(cluster.users(), request.getPageSize(), request.getPageToken());
          return ListUsersResponse.newBuilder()
              .addAllUsers(users(cut))
              .setNextPageToken(cut.next())
              .build();
        });
  }

  @Override
  public void followUser(FollowUserRequest request, StreamObserver<FollowUserResponse> answer) {
    answer(
        "FollowUser",
        answer,
        () ->
            FollowUserResponse.newBuilder()
                .setChanged(cluster.follow(request.getFollower(), request.getFollowee()))
                .build());
  }

  @Override
  public void unfollowUser(
      UnfollowUserRequest request, StreamObserver<UnfollowUserResponse> answer) {
    answer(
        "UnfollowUser",
        answer,
        () ->
            UnfollowUserResponse.newBuilder()
                .setChanged(cluster.unfollow(request.getFollower(), request.getFollowee()))
                .build());
  }

  @Override
  public void listFollowees(
      ListFolloweesRequest request, StreamObserver<ListFolloweesResponse> answer) {
    answer(
        "ListFollowees",
        answer,
        () -> {
          Cut<String> cut =
              Cut.of(
                  cluster.followees(request.getUser()),
                  request.getPageSize(),
                  request.getPageToken());
          return ListFolloweesResponse.newBuilder()
              .addAllUsers(users(cut))
              .setNextPageToken(cut.next())
              .build();
        });
  }

  @Override
  public void listFollowers(
      ListFollowersRequest request, StreamObserver<ListFollowersResponse> answer) {
    answer(
        "ListFollowers",
        answer,
        () -> {
          Cut<String> cut =
              Cut.of(
                  cluster.followers(request.getUser()),
                  request.getPageSize(),
                  request.getPageToken());
          return ListFollowersResponse.newBuilder()
              .addAllUsers(users(cut))
              .setNextPageToken(cut.next())
              .build();
        });
  }

  @Override
  public void createPost(CreatePostRequest request, StreamObserver<Post> answer) {
    answer(
        "CreatePost",
        answer,
        () -> {
          long index =
              cluster.post(
                  request.getAuthor(),
                  "request " + request.getRequestId(),
                  1,
                  request.getText(),
                  time(request.hasAuthorTime(), request.getAuthorTime()));
          return Post.newBuilder()
              .setAuthor(request.getAuthor())
              .setText(request.getText())
              .setAuthorTime(request.getAuthorTime())
              .setIndex(index)
              .build();
        });
  }

  @Override
  public StreamObserver<StreamPostsRequest> streamPosts(
      StreamObserver<StreamPostsResponse> answer) {
    calls.add("StreamPosts");
    return new PostStream(answer);
  }

  @Override
  public void listPosts(ListPostsRequest request, StreamObserver<ListPostsResponse> answer) {
    answer(
        "ListPosts",
        answer,
        () -> {
          Cut<Post> cut =
              Cut.ofPosts(
                  cluster.postsOf(request.getAuthor()),
                  request.getPageSize(),
                  request.getPageToken());
          return ListPostsResponse.newBuilder()
              .addAllPosts(cut.items())
              .setNextPageToken(cut.next())
              .build();
        });
  }

  @Override
  public void listHomeTimeline(
      ListHomeTimelineRequest request, StreamObserver<ListHomeTimelineResponse> answer) {
    answer(
        "ListHomeTimeline",
        answer,
        () -> {
          Cut<Post> cut =
              Cut.ofPosts(
                  cluster.homeTimeline(request.getUser()),
                  request.getPageSize(),
                  request.getPageToken());
          return ListHomeTimelineResponse.newBuilder()
              .addAllPosts(cut.items())
              .setNextPageToken(cut.next())
              .setCursor(Long.toString(cluster.lastIndex()))
              .build();
        });
  }

  @Override
  public void watchHomeTimeline(
      WatchHomeTimelineRequest request, StreamObserver<WatchHomeTimelineResponse> answer) {
    calls.add("WatchHomeTimeline");
    try {
      cluster.checkUser("user", request.getUser());
      long behind =
          request.getCursor().isEmpty() ? cluster.lastIndex() : cursor(request.getCursor());
      new Watch(request.getUser(), behind, answer).begin();
    } catch (StatusRuntimeException e) {
      answer.onError(e);
    }
  }

  private <T> void answer(String call, StreamObserver<T> observer, Supplier<T> work) {
    calls.add(call);
    try {
      T result = work.get();
      if (answersToLose > 0) {
        answersToLose--;
        throw Status.UNAVAILABLE.withDescription("the answer was lost").asRuntimeException();
      }
      observer.onNext(result);
      observer.onCompleted();
    } catch (StatusRuntimeException e) {
      observer.onError(e);
    }
  }

  private static long cursor(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw FakeCluster.invalid("cursor", "no response had the cursor " + text);
    }
  }

  private static Optional<Timestamp> time(boolean present, Timestamp time) {
    return present ? Optional.of(time) : Optional.empty();
  }

  private static User user(String name) {
    return User.newBuilder().setName(name).build();
  }

  private static List<User> users(Cut<String> cut) {
    List<User> users = new ArrayList<>();
    cut.items().forEach(name -> users.add(user(name)));
    return users;
  }

  /** One StreamPosts. */
  private final class PostStream implements StreamObserver<StreamPostsRequest>, OpenStream {

    private final StreamObserver<StreamPostsResponse> answer;
    private StreamPostsRequest.Opening opening;
    private boolean ended;

    PostStream(StreamObserver<StreamPostsResponse> answer) {
      this.answer = answer;
      streams.add(this);
    }

    @Override
    public void onNext(StreamPostsRequest message) {
      if (ended) {
        return;
      }
      try {
        if (opening == null) {
          open(message);
        } else {
          take(message.getPost());
        }
      } catch (StatusRuntimeException e) {
        end(e);
      }
    }

    private void open(StreamPostsRequest message) {
      if (!message.hasOpening() || message.getOpening().getWriter() == 0) {
        throw FakeCluster.invalid("opening", "the first message has no opening with a writer");
      }
      cluster.checkUser("opening.author", message.getOpening().getAuthor());
      opening = message.getOpening();
    }

    private void take(StreamPostsRequest.NewPost post) {
      if (post.getSequence() < 1) {
        throw FakeCluster.invalid("post.sequence", "posts are numbered from 1");
      }
      long index =
          cluster.post(
              opening.getAuthor(),
              "writer " + opening.getWriter(),
              post.getSequence(),
              post.getText(),
              time(post.hasAuthorTime(), post.getAuthorTime()));
      if (acknowledgementsToDrop > 0) {
        acknowledgementsToDrop--;
        if (acknowledgementsToDrop == 0) {
          throw Status.UNAVAILABLE.withDescription("acknowledgements lost").asRuntimeException();
        }
        return;
      }
      answer.onNext(
          StreamPostsResponse.newBuilder()
              .addAcknowledgements(
                  Acknowledgement.newBuilder().setSequence(post.getSequence()).setIndex(index))
              .build());
    }

    @Override
    public void end(StatusRuntimeException why) {
      if (!ended) {
        ended = true;
        streams.remove(this);
        answer.onError(why);
      }
    }

    @Override
    public void onError(Throwable clientGone) {
      ended = true;
      streams.remove(this);
    }

    @Override
    public void onCompleted() {
      if (!ended) {
        ended = true;
        streams.remove(this);
        answer.onCompleted();
      }
    }
  }

  /** One WatchHomeTimeline: sends no more than its client takes. */
  private final class Watch implements OpenStream {

    private final String user;
    private final ServerCallStreamObserver<WatchHomeTimelineResponse> answer;
    private long position;

    Watch(String user, long position, StreamObserver<WatchHomeTimelineResponse> answer) {
      this.user = user;
      this.position = position;
      this.answer = (ServerCallStreamObserver<WatchHomeTimelineResponse>) answer;
      this.answer.setOnReadyHandler(this::send);
      this.answer.setOnCancelHandler(this::remove);
      streams.add(this);
      watches.add(this);
    }

    void send() {
      Optional<Post> next = cluster.nextPost(user, position);
      while (next.isPresent() && answer.isReady() && watches.contains(this)) {
        position = next.get().getIndex();
        answer.onNext(message().setPost(next.get()).build());
        next = cluster.nextPost(user, position);
      }
    }

    void begin() {
      answer.onNext(message().build());
      send();
    }

    void moveCursor() {
      if (cluster.nextPost(user, position).isEmpty()) {
        position = cluster.lastIndex();
      }
      answer.onNext(message().build());
    }

    private WatchHomeTimelineResponse.Builder message() {
      return WatchHomeTimelineResponse.newBuilder().setCursor(Long.toString(position));
    }

    private void remove() {
      streams.remove(this);
      watches.remove(this);
    }

    @Override
    public void end(StatusRuntimeException why) {
      remove();
      answer.onError(why);
    }
  }
}
