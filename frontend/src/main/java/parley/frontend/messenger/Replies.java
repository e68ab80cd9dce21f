package parley.frontend.messenger;

import io.grpc.Status;
import parley.frontend.call.InputRules;
import parley.frontend.store.Outcome;

/** The texts of the messenger interface: its clients depend on each character of them. */
final class Replies {
  static final String LOGIN_NEW = "Login Successful!";
  static final String LOGIN_REFUSED = "Invalid Username";

  private Replies() {}

  static String loginKnown(String name) {
    return "Welcome Back " + name;
  }

  static String join(Outcome outcome) {
    return switch (outcome) {
      case DONE -> "Join Successful";
      case ALREADY_FOLLOWING -> "Join Failed -- Already Following User";
      default -> "Join Failed -- Invalid Username";
    };
  }

  static String leave(Outcome outcome) {
    return switch (outcome) {
      case DONE -> "Leave Successful";
      case NOT_FOLLOWING -> "Leave Failed -- Not Following User";
      default -> "Leave Failed -- Invalid Username";
    };
  }

  static Status unknownUser(String name) {
    return Status.NOT_FOUND.withDescription(
        "no user named %s has ever logged in".formatted(InputRules.shown(name)));
  }
}
