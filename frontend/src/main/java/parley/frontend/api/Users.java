package parley.frontend.api;

import java.util.List;
import parley.frontend.call.InvalidInput;
import parley.frontend.call.Parts;
import parley.frontend.call.UnaryCall;
import parley.frontend.store.Command;
import parley.frontend.store.Lane;
import parley.frontend.store.Outcome;
import parley.proto.v1.CreateUserRequest;
import parley.proto.v1.GetUserRequest;
import parley.proto.v1.ListUsersRequest;
import parley.proto.v1.ListUsersResponse;
import parley.proto.v1.User;

/** CreateUser, GetUser and ListUsers. Owned by the loop. */
final class Users {
  private final Parts parts;
  private final Readings readings;

  Users(Parts parts, Readings readings) {
    this.parts = parts;
    this.readings = readings;
  }

  static User user(String name) {
    return User.newBuilder().setName(name).build();
  }

  void create(UnaryCall<?, User> call, CreateUserRequest request) throws InvalidInput {
    String name = request.getName();
    parts.rules().checkName("name", name);
    if (parts.timeline().graph().contains(name)) {
      Refusal.userExists(new NamedUser("name", name)).end(call);
      return;
    }
    Lane lane =
        parts
            .outbox()
            .lane(
                (command, outcome) -> {
                  if (outcome == Outcome.DONE) {
                    call.reply(user(name));
                  } else {
                    Refusal.userExists(new NamedUser("name", name)).end(call);
                  }
                });
    lane.add(new Command.CreateUser(name));
    call.onGone(lane::withdraw);
  }

  void get(UnaryCall<?, User> call, GetUserRequest request) throws InvalidInput {
    String name = request.getName();
    parts.rules().checkName("name", name);
    readings.whenKnown(call, () -> call.reply(user(name)), new NamedUser("name", name));
  }

  void list(UnaryCall<?, ListUsersResponse> call, ListUsersRequest request) throws InvalidInput {
    int size = PageSize.of(request.getPageSize());
    if (request.getPageToken().isEmpty()) {
      readings.whenCurrent(call, () -> call.reply(page(0, size)));
      return;
    }
    long[] token = Token.USERS.read("page_token", request.getPageToken());
    readings.whenReached(token[1], "page_token", call, () -> call.reply(page(token[0], size)));
  }

  private ListUsersResponse page(long from, int size) {
    List<String> names = parts.timeline().graph().names();
    int first = (int) Math.min(from, names.size());
    int end = Math.min(first + size, names.size());
    ListUsersResponse.Builder page = ListUsersResponse.newBuilder();
    names.subList(first, end).forEach(name -> page.addUsers(user(name)));
    if (end < names.size()) {
      page.setNextPageToken(Token.USERS.of(end, parts.timeline().appliedIndex()));
    }
    return page.build();
  }
}
