package parley.client.cli;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import parley.client.Messenger.Listing;

/** Completes commands, and users' names after JOIN (all) and LEAVE (those followed). */
final class CommandCompleter implements Completer {

  private static final List<String> VERBS = List.of("JOIN", "LEAVE", "LIST", "CHAT", "QUIT");

  private final Supplier<Listing> users;

  CommandCompleter(Supplier<Listing> users) {
    this.users = users;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    for (String word : words(line)) {
      candidates.add(new Candidate(word));
    }
  }

  private Collection<String> words(ParsedLine line) {
    if (line.wordIndex() == 0) {
      boolean small = !line.word().isEmpty() && Character.isLowerCase(line.word().charAt(0));
      return small ? VERBS.stream().map(verb -> verb.toLowerCase(Locale.ROOT)).toList() : VERBS;
    }
    if (line.wordIndex() > 1) {
      return List.of();
    }
    return switch (line.words().get(0).toUpperCase(Locale.ROOT)) {
      case "JOIN" -> users.get().users();
      case "LEAVE" -> users.get().followed();
      default -> List.of();
    };
  }
}
