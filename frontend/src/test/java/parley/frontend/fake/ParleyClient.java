package parley.frontend.fake;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import parley.proto.v1.CreatePostRequest;
import parley.proto.v1.CreateUserRequest;
import parley.proto.v1.FollowUserRequest;
import parley.proto.v1.ParleyGrpc;
import parley.proto.v1.Post;
import parley.proto.v1.StreamPostsRequest;
import parley.proto.v1.StreamPostsRequest.NewPost;
import parley.proto.v1.StreamPostsRequest.Opening;
import parley.proto.v1.StreamPostsResponse;
import parley.proto.v1.StreamPostsResponse.Acknowledgement;
import parley.proto.v1.UnfollowUserRequest;
import parley.proto.v1.WatchHomeTimelineRequest;
import parley.proto.v1.WatchHomeTimelineResponse;

/** A client of parley.v1, with a connection of its own. */
public final class ParleyClient implements AutoCloseable {
  private static final int DEADLINE_S = 40;

  /** Small, so that a client which takes nothing is soon full. */
  private static final int WINDOW_BYTES = 65_535;

  private final ManagedChannel channel;

  public ParleyClient(int port) {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .flowControlWindow(WINDOW_BYTES)
            .build();
  }

  public ManagedChannel channel() {
    return channel;
  }

  public ParleyGrpc.ParleyBlockingStub stub() {
    return ParleyGrpc.newBlockingStub(channel).withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }

  public ParleyGrpc.ParleyFutureStub later() {
    return ParleyGrpc.newFutureStub(channel).withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }

  public void createUsers(String... names) {
    for (String name : names) {
      stub().createUser(CreateUserRequest.newBuilder().setName(name).build());
    }
  }

  public boolean follow(String follower, String followee) {
    return stub()
        .followUser(
            FollowUserRequest.newBuilder().setFollower(follower).setFollowee(followee).build())
        .getChanged();
  }

  public boolean unfollow(String follower, String followee) {
    return stub()
        .unfollowUser(
            UnfollowUserRequest.newBuilder().setFollower(follower).setFollowee(followee).build())
        .getChanged();
  }

  public Post post(String author, String text, String requestId) {
    return stub().createPost(postRequest(author, text, requestId));
  }

  public static CreatePostRequest postRequest(String author, String text, String requestId) {
    return CreatePostRequest.newBuilder()
        .setAuthor(author)
        .setText(text)
        .setRequestId(requestId)
        .build();
  }

  /** What a call that must fail ends with. */
  public static StatusRuntimeException failure(Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException e) {
      return e;
    }
    throw new AssertionError("the call did not fail");
  }

  /** Returns when the frontend has taken everything that this client has sent before. */
  public void awaitTaken() {
    failure(() -> createUsers(""));
  }

  /** Opens a stream of posts with its first message. */
  public PostingStream posting(String author, long writer) {
    return posting(author, writer, Integer.MAX_VALUE);
  }

  /** Opens a stream of posts that takes so many acknowledging messages and then no more. */
  public PostingStream posting(String author, long writer, int messages) {
    PostingStream stream = openPosting(messages);
    stream.send(
        StreamPostsRequest.newBuilder()
            .setOpening(Opening.newBuilder().setAuthor(author).setWriter(writer))
            .build());
    return stream;
  }

  /** Opens a stream of posts, and says nothing yet. */
  public PostingStream openPosting() {
    return openPosting(Integer.MAX_VALUE);
  }

  private PostingStream openPosting(int messages) {
    PostingStream stream = new PostingStream(messages);
    ParleyGrpc.newStub(channel).streamPosts(stream);
    return stream;
  }

  public WatchStream watch(String user, String cursor) {
    return watch(user, cursor, Integer.MAX_VALUE);
  }

  /** Opens a watch that takes so many messages and then no more. */
  public WatchStream watch(String user, String cursor, int messages) {
    WatchStream stream = new WatchStream(messages);
    ParleyGrpc.newStub(channel)
        .watchHomeTimeline(
            WatchHomeTimelineRequest.newBuilder().setUser(user).setCursor(cursor).build(), stream);
    return stream;
  }

  /** The connection ends as if the process had been killed. */
  @Override
  public void close() {
    channel.shutdownNow();
  }

  /** One StreamPosts. */
  public static final class PostingStream
      extends ClientStream<StreamPostsRequest, StreamPostsResponse> {
    PostingStream(int firstRequest) {
      super(firstRequest);
    }

    /** Sends the post of this number, with the number as its text. */
    public void post(long sequence) {
      post(sequence, Long.toString(sequence));
    }

    public void post(long sequence, String text) {
      send(
          StreamPostsRequest.newBuilder()
              .setPost(NewPost.newBuilder().setSequence(sequence).setText(text))
              .build());
    }

    public void post(long first, long last) {
      for (long sequence = first; sequence <= last; sequence++) {
        post(sequence);
      }
    }

    public List<Acknowledgement> acknowledgements() {
      return received().stream().flatMap(r -> r.getAcknowledgementsList().stream()).toList();
    }

    /** The numbers that have been acknowledged so far, in order. */
    public List<Long> acknowledged() {
      return acknowledgements().stream().map(Acknowledgement::getSequence).toList();
    }
  }

  /** One WatchHomeTimeline. */
  public static final class WatchStream
      extends ClientStream<WatchHomeTimelineRequest, WatchHomeTimelineResponse> {
    WatchStream(int firstRequest) {
      super(firstRequest);
    }

    public List<Post> posts() {
      return received().stream()
          .filter(WatchHomeTimelineResponse::hasPost)
          .map(WatchHomeTimelineResponse::getPost)
          .toList();
    }

    public List<String> texts() {
      return posts().stream().map(Post::getText).toList();
    }

    /** The cursor received last; empty if none has come. */
    public String cursor() {
      List<WatchHomeTimelineResponse> all = received();
      return all.isEmpty() ? "" : all.get(all.size() - 1).getCursor();
    }
  }
}
