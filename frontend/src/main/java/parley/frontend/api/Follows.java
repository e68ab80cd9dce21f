package parley.frontend.api;

import java.util.function.Function;
import parley.frontend.call.InputRules;
import parley.frontend.call.InvalidInput;
import parley.frontend.call.Parts;
import parley.frontend.call.UnaryCall;
import parley.frontend.delivery.Followees;
import parley.frontend.delivery.Graph;
import parley.frontend.store.Command;
import parley.frontend.store.Lane;
import parley.frontend.store.Outcome;
import parley.proto.v1.FollowUserRequest;
import parley.proto.v1.FollowUserResponse;
import parley.proto.v1.ListFolloweesRequest;
import parley.proto.v1.ListFolloweesResponse;
import parley.proto.v1.ListFollowersRequest;
import parley.proto.v1.ListFollowersResponse;
import parley.proto.v1.UnfollowUserRequest;
import parley.proto.v1.UnfollowUserResponse;

/** FollowUser, UnfollowUser, ListFollowees and ListFollowers. Owned by the loop. */
final class Follows {
  /** Users and follows that one call may look at: there is no index by followee. */
  private static final int LOOKED_AT_MAX = 100_000;

  private final Parts parts;
  private final Readings readings;

  Follows(Parts parts, Readings readings) {
    this.parts = parts;
    this.readings = readings;
  }

  void follow(UnaryCall<?, FollowUserResponse> call, FollowUserRequest request)
      throws InvalidInput {
    change(
        call,
        new Command.Follow(request.getFollower(), request.getFollowee()),
        request.getFollower(),
        request.getFollowee(),
        changed -> FollowUserResponse.newBuilder().setChanged(changed).build());
  }

  void unfollow(UnaryCall<?, UnfollowUserResponse> call, UnfollowUserRequest request)
      throws InvalidInput {
    change(
        call,
        new Command.Unfollow(request.getFollower(), request.getFollowee()),
        request.getFollower(),
        request.getFollowee(),
        changed -> UnfollowUserResponse.newBuilder().setChanged(changed).build());
  }

  private <R> void change(
      UnaryCall<?, R> call,
      Command command,
      String follower,
      String followee,
      Function<Boolean, R> response)
      throws InvalidInput {
    parts.rules().checkName("follower", follower);
    parts.rules().checkName("followee", followee);
    if (follower.equals(followee)) {
      throw new InvalidInput(
          "followee",
          "follower and followee are both %s; nobody follows oneself"
              .formatted(InputRules.shown(followee)));
    }
    readings.whenKnown(
        call,
        () -> {
          Lane lane =
              parts
                  .outbox()
                  .lane((done, outcome) -> call.reply(response.apply(outcome == Outcome.DONE)));
          lane.add(command);
          call.onGone(lane::withdraw);
        },
        new NamedUser("follower", follower),
        new NamedUser("followee", followee));
  }

  void listFollowees(UnaryCall<?, ListFolloweesResponse> call, ListFolloweesRequest request)
      throws InvalidInput {
    String user = request.getUser();
    parts.rules().checkName("user", user);
    int size = PageSize.of(request.getPageSize());
    if (request.getPageToken().isEmpty()) {
      readings.whenCurrent(
          call, () -> call.reply(followees(user, 0, size)), new NamedUser("user", user));
      return;
    }
    long[] token = Token.FOLLOWEES.read("page_token", request.getPageToken());
    readings.whenReached(
        token[0],
        "page_token",
        call,
        () -> call.reply(followees(user, token[0], size)),
        new NamedUser("user", user));
  }

  private ListFolloweesResponse followees(String user, long behindIndex, int size) {
    Graph graph = parts.timeline().graph();
    Followees followees = graph.followees(graph.idOf(user));
    ListFolloweesResponse.Builder page = ListFolloweesResponse.newBuilder();
    int position = followees.firstSince(behindIndex + 1);
    int end = Math.min(position + size, followees.size());
    for (; position < end; position++) {
      page.addUsers(Users.user(graph.name(followees.user(position))));
    }
    if (end < followees.size()) {
      page.setNextPageToken(Token.FOLLOWEES.of(followees.since(end - 1)));
    }
    return page.build();
  }

  void listFollowers(UnaryCall<?, ListFollowersResponse> call, ListFollowersRequest request)
      throws InvalidInput {
    String user = request.getUser();
    parts.rules().checkName("user", user);
    int size = PageSize.of(request.getPageSize());
    if (request.getPageToken().isEmpty()) {
      readings.whenCurrent(
          call, () -> call.reply(followers(user, 0, size)), new NamedUser("user", user));
      return;
    }
    long[] token = Token.FOLLOWERS.read("page_token", request.getPageToken());
    readings.whenReached(
        token[1],
        "page_token",
        call,
        () -> call.reply(followers(user, token[0], size)),
        new NamedUser("user", user));
  }

  private ListFollowersResponse followers(String user, long from, int size) {
    Graph graph = parts.timeline().graph();
    int followee = graph.idOf(user);
    int users = graph.names().size();
    ListFollowersResponse.Builder page = ListFollowersResponse.newBuilder();
    int lookedAt = 0;
    int next = (int) Math.min(from, users);
    while (next < users && lookedAt < LOOKED_AT_MAX && page.getUsersCount() < size) {
      Followees followees = graph.followees(next);
      lookedAt += 1 + followees.size();
      if (followees.contains(followee)) {
        page.addUsers(Users.user(graph.name(next)));
      }
      next++;
    }
    if (next < users) {
      page.setNextPageToken(Token.FOLLOWERS.of(next, parts.timeline().appliedIndex()));
    }
    return page.build();
  }
}
