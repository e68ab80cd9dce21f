package parley.client.cli;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import parley.client.v1.Page;
import parley.client.v1.PageRequest;
import parley.client.v1.ParleyClient;

/** Completes commands, and users' names after JOIN (all) and LEAVE (those followed). */
final class CommandCompleter implements Completer {

  private static final List<String> VERBS = List.of("JOIN", "LEAVE", "LIST", "CHAT", "QUIT");

  // Whoever presses the key waits.
  private static final long NAMES_WITHIN_S = 1;

  private final ParleyClient client;
  private final String user;

  CommandCompleter(ParleyClient client, String user) {
    this.client = client;
    this.user = user;
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
      case "JOIN" -> names(client.users(PageRequest.first(Pages.SIZE)));
      case "LEAVE" -> names(client.followees(user, PageRequest.first(Pages.SIZE)));
      default -> List.of();
    };
  }

  private static List<String> names(CompletableFuture<Page<String>> call) {
    return call.thenApply(Page::items)
        .exceptionally(noCompletionThen -> List.of())
        .completeOnTimeout(List.of(), NAMES_WITHIN_S, TimeUnit.SECONDS)
        .join();
  }
}
