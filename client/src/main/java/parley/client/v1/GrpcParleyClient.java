package parley.client.v1;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.client.ServerAddress;
import parley.client.base.DaemonThreads;
import parley.client.v1.ParleyException.Kind;
import parley.proto.v1.CreateUserRequest;
import parley.proto.v1.FollowUserRequest;
import parley.proto.v1.FollowUserResponse;
import parley.proto.v1.GetUserRequest;
import parley.proto.v1.ListFolloweesRequest;
import parley.proto.v1.ListFollowersRequest;
import parley.proto.v1.ListHomeTimelineRequest;
import parley.proto.v1.ListPostsRequest;
import parley.proto.v1.ListUsersRequest;
import parley.proto.v1.ParleyGrpc;
import parley.proto.v1.UnfollowUserRequest;
import parley.proto.v1.UnfollowUserResponse;

/** Hands what callers want to the loop, and what comes of it back to them. */
final class GrpcParleyClient implements ParleyClient {
  private static final Logger log = LoggerFactory.getLogger(GrpcParleyClient.class);
  private static final int FRONTEND_PORT = 3055;

  /** Calls, outboxes and subscriptions together. */
  private static final int ONGOING_MAX = 10_000;

  private final Loop loop;
  private final ClientOptions options;
  private final Connector connector;
  private final ExecutorService callbacks =
      Executors.newCachedThreadPool(task -> DaemonThreads.named("parley-client-callback", task));
  private final Executor eventTurns = MoreExecutors.newSequentialExecutor(callbacks);
  private final List<Consumer<ConnectionEvent>> eventListeners = new CopyOnWriteArrayList<>();
  private volatile Optional<ServerAddress> frontend = Optional.empty();
  // Owned by the loop.
  private final Set<Ongoing> ongoing = new LinkedHashSet<>();
  private boolean closed;

  private GrpcParleyClient(Loop loop, Directory directory, ClientOptions options) {
    this.loop = loop;
    this.options = options;
    this.connector =
        new Connector(loop, directory, Search.Timing.DEFAULT, Connector.pauses(), this::onEvent);
  }

  static GrpcParleyClient connect(String target, ClientOptions options) {
    Loop loop = new Loop();
    GrpcParleyClient client = new GrpcParleyClient(loop, directory(target, loop), options);
    loop.execute(client.connector::start);
    return client;
  }

  private static Directory directory(String target, Loop loop) {
    return target.contains(":/")
        ? new ResolvedFrontends(uri(target), FRONTEND_PORT, loop)
        : new ListedFrontends(ServerAddress.parseList(target, FRONTEND_PORT));
  }

  private static URI uri(String target) {
    try {
      return URI.create(target);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the target '%s' cannot be used: %s".formatted(target, e.getMessage()), e);
    }
  }

  @Override
  public CompletableFuture<Boolean> createUser(String name) {
    return call(
        ParleyGrpc.getCreateUserMethod(),
        CreateUserRequest.newBuilder().setName(name).build(),
        user -> true,
        unless(Status.Code.ALREADY_EXISTS));
  }

  @Override
  public CompletableFuture<Boolean> userExists(String name) {
    return call(
        ParleyGrpc.getGetUserMethod(),
        GetUserRequest.newBuilder().setName(name).build(),
        user -> true,
        unless(Status.Code.NOT_FOUND));
  }

  @Override
  public CompletableFuture<Page<String>> users(PageRequest page) {
    return call(
        ParleyGrpc.getListUsersMethod(),
        ListUsersRequest.newBuilder().setPageSize(page.size()).setPageToken(page.token()).build(),
        response -> Messages.users(response.getUsersList(), response.getNextPageToken()));
  }

  @Override
  public CompletableFuture<Boolean> follow(String follower, String followee) {
    return call(
        ParleyGrpc.getFollowUserMethod(),
        FollowUserRequest.newBuilder().setFollower(follower).setFollowee(followee).build(),
        FollowUserResponse::getChanged);
  }

  @Override
  public CompletableFuture<Boolean> unfollow(String follower, String followee) {
    return call(
        ParleyGrpc.getUnfollowUserMethod(),
        UnfollowUserRequest.newBuilder().setFollower(follower).setFollowee(followee).build(),
        UnfollowUserResponse::getChanged);
  }

  @Override
  public CompletableFuture<Page<String>> followees(String user, PageRequest page) {
    return call(
        ParleyGrpc.getListFolloweesMethod(),
        ListFolloweesRequest.newBuilder()
            .setUser(user)
            .setPageSize(page.size())
            .setPageToken(page.token())
            .build(),
        response -> Messages.users(response.getUsersList(), response.getNextPageToken()));
  }

  @Override
  public CompletableFuture<Page<String>> followers(String user, PageRequest page) {
    return call(
        ParleyGrpc.getListFollowersMethod(),
        ListFollowersRequest.newBuilder()
            .setUser(user)
            .setPageSize(page.size())
            .setPageToken(page.token())
            .build(),
        response -> Messages.users(response.getUsersList(), response.getNextPageToken()));
  }

  @Override
  public CompletableFuture<Page<Post>> posts(String author, PageRequest page) {
    return call(
        ParleyGrpc.getListPostsMethod(),
        ListPostsRequest.newBuilder()
            .setAuthor(author)
            .setPageSize(page.size())
            .setPageToken(page.token())
            .build(),
        response -> Messages.posts(response.getPostsList(), response.getNextPageToken()));
  }

  @Override
  public CompletableFuture<HomeTimeline> homeTimeline(String user, PageRequest page) {
    return call(
        ParleyGrpc.getListHomeTimelineMethod(),
        ListHomeTimelineRequest.newBuilder()
            .setUser(user)
            .setPageSize(page.size())
            .setPageToken(page.token())
            .build(),
        Messages::homeTimeline);
  }

  @Override
  public Outbox outbox(String author) {
    StreamOutbox outbox =
        new StreamOutbox(loop, connector, author, options.outboxPosts(), ongoing::remove);
    begin(outbox);
    return outbox;
  }

  @Override
  public Subscription watch(String user, Optional<String> cursor, Consumer<Post> listener) {
    StreamSubscription subscription =
        new StreamSubscription(
            loop,
            connector,
            user,
            cursor,
            listener,
            MoreExecutors.newSequentialExecutor(callbacks),
            ongoing::remove);
    begin(subscription);
    return subscription;
  }

  @Override
  public void onConnection(Consumer<ConnectionEvent> listener) {
    eventListeners.add(listener);
  }

  @Override
  public Optional<ServerAddress> frontend() {
    return frontend;
  }

  @Override
  public void close() {
    loop.execute(this::closeNow);
  }

  private void closeNow() {
    closed = true;
    // In turns of their own: should one fail, the others are closed all the same.
    List.copyOf(ongoing).forEach(each -> loop.execute(() -> each.fail(Failures.closed())));
    loop.execute(connector::close);
    loop.execute(
        () -> {
          frontend = Optional.empty();
          callbacks.shutdown();
          loop.close();
        });
  }

  private <Q extends MessageLite, R, T> CompletableFuture<T> call(
      MethodDescriptor<Q, R> method, Q request, Function<R, T> result) {
    return call(method, request, result, status -> Optional.empty());
  }

  /**
   * Makes a call.
   *
   * @param instead what a status means that is a result and no failure
   */
  private <Q extends MessageLite, R, T> CompletableFuture<T> call(
      MethodDescriptor<Q, R> method,
      Q request,
      Function<R, T> result,
      Function<Status, Optional<T>> instead) {
    CompletableFuture<T> future = new CompletableFuture<>();
    UnaryCall.Listener<R> listener =
        new UnaryCall.Listener<>() {
          @Override
          public void onAnswer(R answer) {
            future.complete(result.apply(answer));
          }

          @Override
          public void onFailure(Status status, ParleyException why) {
            instead
                .apply(status)
                .ifPresentOrElse(future::complete, () -> future.completeExceptionally(why));
          }
        };
    boolean handedOver =
        loop.maybeExecute(
            () ->
                beginNow(
                    new UnaryCall<>(
                        loop,
                        connector,
                        method,
                        request,
                        options.callTimeout(),
                        listener,
                        ongoing::remove)));
    if (!handedOver) {
      future.completeExceptionally(Failures.closed());
    }
    return future;
  }

  private static Function<Status, Optional<Boolean>> unless(Status.Code code) {
    return status -> status.getCode() == code ? Optional.of(false) : Optional.empty();
  }

  private void begin(Ongoing begun) {
    if (!loop.maybeExecute(() -> beginNow(begun))) {
      begun.fail(Failures.closed());
    }
  }

  private void beginNow(Ongoing begun) {
    Optional<ParleyException> tooLarge = Failures.tooLarge(begun.opening());
    if (closed) {
      begun.fail(Failures.closed());
    } else if (tooLarge.isPresent()) {
      begun.fail(tooLarge.get());
    } else if (ongoing.size() >= ONGOING_MAX) {
      begun.fail(
          new ParleyException(
              Kind.REFUSED, "this client has %d calls under way".formatted(ONGOING_MAX), null));
    } else {
      ongoing.add(begun);
      begun.begin();
    }
  }

  private void onEvent(ConnectionEvent event) {
    frontend =
        event instanceof ConnectionEvent.Connected connected
            ? Optional.of(connected.frontend())
            : Optional.empty();
    log.debug("{}", event);
    eventListeners.forEach(listener -> eventTurns.execute(() -> listener.accept(event)));
  }
}
