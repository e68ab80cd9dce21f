package parley.client.cli;

import java.util.Locale;

/** What a line typed in command mode asks for. */
sealed interface Input {

  /** What people are told who typed something else. */
  String COMMANDS =
      "Commands: JOIN user (follow), LEAVE user (unfollow), LIST, CHAT (post and receive), QUIT";

  record Join(String user) implements Input {}

  record Leave(String user) implements Input {}

  record ListUsers() implements Input {}

  record OpenChat() implements Input {}

  record Quit() implements Input {}

  record Nothing() implements Input {}

  /**
   * No command.
   *
   * @param problem what is wrong, for people
   */
  record Mistake(String problem) implements Input {}

  /** Commands may be written in small or capital letters; user names are taken as they are. */
  static Input parse(String line) {
    String[] words = line.strip().split("\\s+", 2);
    String argument = words.length > 1 ? words[1] : "";
    String verb = words[0].toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "" -> new Nothing();
      case "JOIN" -> argument.isEmpty() ? userMissing(verb) : new Join(argument);
      case "LEAVE" -> argument.isEmpty() ? userMissing(verb) : new Leave(argument);
      case "LIST" -> argument.isEmpty() ? new ListUsers() : tooMuch(verb, argument);
      case "CHAT" -> argument.isEmpty() ? new OpenChat() : tooMuch(verb, argument);
      case "QUIT" -> argument.isEmpty() ? new Quit() : tooMuch(verb, argument);
      default -> new Mistake("'" + words[0] + "' is no command. " + COMMANDS);
    };
  }

  private static Mistake userMissing(String verb) {
    return new Mistake(verb + " needs the name of a user, as in: " + verb + " bob");
  }

  private static Mistake tooMuch(String verb, String argument) {
    return new Mistake(verb + " takes nothing after it, but there is '" + argument + "'");
  }
}
