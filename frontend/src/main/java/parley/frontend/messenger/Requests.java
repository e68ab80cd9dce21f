package parley.frontend.messenger;

import io.grpc.Status;
import java.util.function.Function;
import parley.frontend.call.InvalidInput;
import parley.frontend.call.Parts;
import parley.frontend.call.UnaryCall;
import parley.frontend.delivery.Followees;
import parley.frontend.delivery.Graph;
import parley.frontend.session.Presence;
import parley.frontend.session.Stay;
import parley.frontend.store.Command;
import parley.frontend.store.Lane;
import parley.frontend.store.Outcome;
import parley.frontend.store.OutcomeListener;
import parley.frontend.store.ReadConfirmations;
import parley.proto.hw2.ListReply;
import parley.proto.hw2.Reply;
import parley.proto.hw2.Request;

/** Login, List, Join and Leave. Owned by the loop. */
final class Requests {
  private static final String USER_NAME = "user name";

  private final Parts parts;

  Requests(Parts parts) {
    this.parts = parts;
  }

  /** Claims the name, then makes the user known. */
  void login(UnaryCall<?, Reply> call, Request request) {
    String name = request.getUsername();
    try {
      parts.rules().checkName(USER_NAME, name);
    } catch (InvalidInput e) {
      refuse(call, e);
      return;
    }
    Presence.PendingLogin pending =
        parts.presence().login(call.connection(), name, stay -> onLoggedIn(call, name, stay));
    call.onGone(() -> parts.presence().forget(pending));
  }

  /** All users, and those whom the caller follows. */
  void list(UnaryCall<?, ListReply> call, Request request) {
    String name = request.getUsername();
    try {
      parts.rules().checkName(USER_NAME, name);
    } catch (InvalidInput e) {
      refuse(call, e);
      return;
    }
    whenCurrent(call, name, () -> call.reply(rooms(name)));
  }

  /** Follows a user. */
  void join(UnaryCall<?, Reply> call, Request request) {
    change(call, request, "Join", Replies::join, Command.Follow::new);
  }

  /** Unfollows a user. */
  void leave(UnaryCall<?, Reply> call, Request request) {
    change(call, request, "Leave", Replies::leave, Command.Unfollow::new);
  }

  private interface Change {
    Command by(String follower, String followee);
  }

  private void change(
      UnaryCall<?, Reply> call,
      Request request,
      String method,
      Function<Outcome, String> text,
      Change change) {
    String follower = request.getUsername();
    try {
      parts.rules().checkName(USER_NAME, follower);
      if (request.getArgumentsCount() == 0) {
        throw new InvalidInput("arguments", method + " needs the name of a user as its argument");
      }
      parts.rules().checkName("argument of " + method, request.getArguments(0));
    } catch (InvalidInput e) {
      refuse(call, e);
      return;
    }
    String followee = request.getArguments(0);
    Runnable then =
        () -> {
          if (follower.equals(followee)) {
            call.reply(reply(text.apply(Outcome.INVALID_USER)));
          } else {
            submit(
                call,
                change.by(follower, followee),
                (command, outcome) -> call.reply(reply(text.apply(outcome))));
          }
        };
    // Users never go away: only one that is not known here may need the primary's confirmation.
    if (parts.timeline().graph().contains(follower)) {
      then.run();
    } else {
      whenCurrent(call, follower, then);
    }
  }

  private void onLoggedIn(UnaryCall<?, Reply> call, String name, Stay stay) {
    if (stay == null) {
      call.reply(reply(Replies.LOGIN_REFUSED));
      return;
    }
    if (!call.isOpen()) {
      leaveAgain(stay);
      return;
    }
    Lane lane =
        submit(
            call,
            new Command.CreateUser(name),
            (command, outcome) ->
                call.reply(
                    reply(outcome == Outcome.DONE ? Replies.LOGIN_NEW : Replies.loginKnown(name))));
    call.onGone(
        () -> {
          lane.withdraw();
          leaveAgain(stay);
        });
  }

  /** The client has never learnt that it was logged in. */
  private void leaveAgain(Stay stay) {
    parts.presence().leave(stay, () -> {});
  }

  private Lane submit(UnaryCall<?, ?> call, Command command, OutcomeListener listener) {
    Lane lane = parts.outbox().lane(listener);
    lane.add(command);
    call.onGone(lane::withdraw);
    return lane;
  }

  /** Runs the task when everything committed before is known here, and with it the caller. */
  private void whenCurrent(UnaryCall<?, ?> call, String caller, Runnable then) {
    parts
        .reads()
        .read(
            new ReadConfirmations.Read() {
              @Override
              public void onCurrent() {
                if (!call.isOpen()) {
                  return;
                }
                if (parts.timeline().graph().contains(caller)) {
                  then.run();
                } else {
                  call.fail(Replies.unknownUser(caller));
                }
              }

              @Override
              public boolean isWanted() {
                return call.isOpen();
              }
            });
  }

  private ListReply rooms(String name) {
    Graph graph = parts.timeline().graph();
    ListReply.Builder reply = ListReply.newBuilder().addAllAllRooms(graph.names());
    Followees joined = graph.followees(graph.idOf(name));
    for (int i = 0; i < joined.size(); i++) {
      reply.addJoinedRooms(graph.name(joined.user(i)));
    }
    return reply.build();
  }

  private static Reply reply(String text) {
    return Reply.newBuilder().setMsg(text).build();
  }

  private static void refuse(UnaryCall<?, ?> call, InvalidInput why) {
    call.fail(Status.INVALID_ARGUMENT.withDescription(why.getMessage()));
  }
}
