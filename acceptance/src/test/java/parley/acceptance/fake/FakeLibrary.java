package parley.acceptance.fake;

import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import parley.client.ServerAddress;
import parley.client.v1.ConnectionEvent;
import parley.client.v1.HomeTimeline;
import parley.client.v1.Outbox;
import parley.client.v1.Page;
import parley.client.v1.PageRequest;
import parley.client.v1.ParleyClient;
import parley.client.v1.PendingPost;
import parley.client.v1.Post;
import parley.client.v1.PostState;
import parley.client.v1.Subscription;
import parley.proto.hw2.Message;

/** The library over a timeline in this process, as far as the load's users use it. */
public final class FakeLibrary implements ParleyClient {

  private static final ServerAddress HERE = new ServerAddress("here", 1);

  private final FakeTimeline timeline;

  public FakeLibrary(FakeTimeline timeline) {
    this.timeline = timeline;
  }

  @Override
  public CompletableFuture<Boolean> createUser(String name) {
    return CompletableFuture.completedFuture(timeline.create(name));
  }

  @Override
  public CompletableFuture<Boolean> follow(String follower, String followee) {
    return CompletableFuture.completedFuture(timeline.follow(follower, followee));
  }

  @Override
  public CompletableFuture<HomeTimeline> homeTimeline(String user, PageRequest page) {
    int end = page.token().isEmpty() ? timeline.end() : Integer.parseInt(page.token());
    List<Post> posts = timeline.newest(user, end, page.size()).stream().map(this::post).toList();
    Optional<String> next =
        posts.isEmpty()
            ? Optional.empty()
            : Optional.of(Long.toString(posts.get(posts.size() - 1).index() - 1));
    return CompletableFuture.completedFuture(
        new HomeTimeline(posts, next, Integer.toString(timeline.end())));
  }

  private Post post(Message message) {
    return new Post(
        message.getUsername(),
        message.getMsg(),
        Optional.of(Instant.ofEpochSecond(message.getTimestamp().getSeconds())),
        timeline.index(message));
  }

  @Override
  public Outbox outbox(String author) {
    return new AtOnce(author);
  }

  @Override
  public Subscription watch(String user, Optional<String> cursor, Consumer<Post> listener) {
    Watch watch = new Watch(user, listener);
    timeline.watch(user, Integer.parseInt(cursor.orElseThrow()), watch);
    return watch;
  }

  @Override
  public void onConnection(Consumer<ConnectionEvent> listener) {
    listener.accept(new ConnectionEvent.Connected(HERE, Optional.empty(), false));
  }

  @Override
  public Optional<ServerAddress> frontend() {
    return Optional.of(HERE);
  }

  @Override
  public CompletableFuture<Boolean> userExists(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Page<String>> users(PageRequest page) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Boolean> unfollow(String follower, String followee) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Page<String>> followees(String user, PageRequest page) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Page<String>> followers(String user, PageRequest page) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Page<Post>> posts(String author, PageRequest page) {
    List<Post> posts = timeline.newestOf(author, page.size()).stream().map(this::post).toList();
    return CompletableFuture.completedFuture(new Page<>(posts, Optional.empty()));
  }

  @Override
  public void close() {}

  /** Everything is posted at once. */
  private final class AtOnce implements Outbox {

    private final String author;

    AtOnce(String author) {
      this.author = author;
    }

    @Override
    public PendingPost post(String text) {
      return post(text, Instant.EPOCH);
    }

    @Override
    public PendingPost post(String text, Instant time) {
      Message message =
          Message.newBuilder()
              .setUsername(author)
              .setMsg(text)
              .setTimestamp(Timestamp.newBuilder().setSeconds(time.getEpochSecond()))
              .build();
      return new Posted(timeline.postAndAcknowledge(message));
    }

    @Override
    public int pending() {
      return 0;
    }

    @Override
    public CompletableFuture<Void> flushed() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }

  private record Posted(CompletableFuture<Long> committed) implements PendingPost {

    @Override
    public PostState state() {
      throw new UnsupportedOperationException();
    }
  }

  /** A reader of the timeline. */
  private final class Watch implements Subscription, StreamObserver<byte[]> {

    private final String user;
    private final Consumer<Post> listener;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    Watch(String user, Consumer<Post> listener) {
      this.user = user;
      this.listener = listener;
    }

    @Override
    public void onNext(byte[] message) {
      listener.accept(post(FakeTimeline.parse(message)));
    }

    @Override
    public void onError(Throwable why) {
      ended.completeExceptionally(why);
    }

    @Override
    public void onCompleted() {
      ended.complete(null);
    }

    @Override
    public CompletableFuture<String> started() {
      return CompletableFuture.completedFuture("");
    }

    @Override
    public Optional<String> cursor() {
      return Optional.empty();
    }

    @Override
    public CompletableFuture<Void> ended() {
      return ended;
    }

    @Override
    public void close() {
      timeline.disconnect(user, this);
      ended.complete(null);
    }
  }
}
