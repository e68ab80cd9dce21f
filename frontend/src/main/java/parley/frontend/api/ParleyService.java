package parley.frontend.api;

import io.grpc.ServerServiceDefinition;
import java.util.function.BiConsumer;
import parley.frontend.call.EncodedMarshaller;
import parley.frontend.call.InvalidInput;
import parley.frontend.call.Parts;
import parley.frontend.call.ServiceBuilder;
import parley.frontend.call.UnaryCall;
import parley.frontend.loop.FrontendLoop;
import parley.proto.v1.CreatePostRequest;
import parley.proto.v1.CreateUserRequest;
import parley.proto.v1.FollowUserRequest;
import parley.proto.v1.GetUserRequest;
import parley.proto.v1.ListFolloweesRequest;
import parley.proto.v1.ListFollowersRequest;
import parley.proto.v1.ListHomeTimelineRequest;
import parley.proto.v1.ListPostsRequest;
import parley.proto.v1.ListUsersRequest;
import parley.proto.v1.ParleyGrpc;
import parley.proto.v1.StreamPostsRequest;
import parley.proto.v1.UnfollowUserRequest;
import parley.proto.v1.WatchHomeTimelineRequest;

/** {@code parley.v1.Parley}: which class answers which method. */
public final class ParleyService {
  private static final int CURSOR_MS = 5_000;

  private final FrontendLoop loop;
  private final Parts parts;
  private final EndOfTurn endOfTurn = new EndOfTurn();
  private final HomeTimelineWatches watches = new HomeTimelineWatches();

  /** Its calls will be answered on this loop. */
  public ParleyService(FrontendLoop loop, Parts parts) {
    this.loop = loop;
    this.parts = parts;
  }

  /** Begins to watch over the streams; before the loop starts, or on it. */
  public void start() {
    loop.addWork(endOfTurn);
    loop.every(CURSOR_MS, watches::tick);
  }

  /** To be added to the server. */
  public ServerServiceDefinition definition() {
    Readings readings = new Readings(parts.timeline(), parts.reads());
    EarlierPosts earlierPosts = new EarlierPosts(parts, readings);
    Users users = new Users(parts, readings);
    Follows follows = new Follows(parts, readings);
    SinglePosts posts = new SinglePosts(parts, readings, earlierPosts);
    Timelines timelines = new Timelines(parts, readings);
    return new ServiceBuilder(ParleyGrpc.getServiceDescriptor(), loop, parts.openCalls())
            .unary(
                ParleyGrpc.getCreateUserMethod(),
                CreateUserRequest.newBuilder().build(),
                refusing(users::create))
            .unary(
                ParleyGrpc.getGetUserMethod(),
                GetUserRequest.newBuilder().build(),
                refusing(users::get))
            .unary(
                ParleyGrpc.getListUsersMethod(),
                ListUsersRequest.newBuilder().build(),
                refusing(users::list))
            .unary(
                ParleyGrpc.getFollowUserMethod(),
                FollowUserRequest.newBuilder().build(),
                refusing(follows::follow))
            .unary(
                ParleyGrpc.getUnfollowUserMethod(),
                UnfollowUserRequest.newBuilder().build(),
                refusing(follows::unfollow))
            .unary(
                ParleyGrpc.getListFolloweesMethod(),
                ListFolloweesRequest.newBuilder().build(),
                refusing(follows::listFollowees))
            .unary(
                ParleyGrpc.getListFollowersMethod(),
                ListFollowersRequest.newBuilder().build(),
                refusing(follows::listFollowers))
            .unary(
                ParleyGrpc.getCreatePostMethod(),
                CreatePostRequest.newBuilder().build(),
                refusing(posts::create))
            .unary(
                ParleyGrpc.getListPostsMethod(),
                ListPostsRequest.newBuilder().build(),
                refusing(timelines::listPosts))
            .unary(
                ParleyGrpc.getListHomeTimelineMethod(),
                ListHomeTimelineRequest.newBuilder().build(),
                refusing(timelines::listHomeTimeline))
            .stream(
                ParleyGrpc.getStreamPostsMethod(),
                StreamPostsRequest.newBuilder().build(),
                ParleyGrpc.getStreamPostsMethod().getResponseMarshaller(),
                call -> new PostStream(parts, readings, earlierPosts, endOfTurn, call))
            .stream(
                ParleyGrpc.getWatchHomeTimelineMethod(),
                WatchHomeTimelineRequest.newBuilder().build(),
                new EncodedMarshaller(),
                call -> new HomeTimelineWatch(parts, readings, watches, call))
            .build();
  }

  /** Answers a request, or says what is wrong with it. */
  private interface Handler<Q, R> {
    void answer(UnaryCall<Q, R> call, Q request) throws InvalidInput;
  }

  private static <Q, R> BiConsumer<UnaryCall<Q, R>, Q> refusing(Handler<Q, R> handler) {
    return (call, request) -> {
      try {
        handler.answer(call, request);
      } catch (InvalidInput e) {
        Refusal.invalid(e).end(call);
      }
    };
  }
}
