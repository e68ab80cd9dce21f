package parley.client.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import parley.client.Received;
import parley.client.Received.LivePost;
import parley.client.Received.OldPost;

/** Writes received posts the way people read them, and so that no post can drive their terminal. */
final class PostLine {

  private static final String OLD_POST_SEPARATOR = " :: ";
  private static final char UNPRINTABLE = '\uFFFD';

  private final DateTimeFormatter timeFormat;

  PostLine(ZoneId zone) {
    this.timeFormat = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
  }

  String format(Received post) {
    if (post instanceof LivePost live) {
      return format(live.time(), live.author(), live.text());
    }
    return format((OldPost) post);
  }

  private String format(OldPost post) {
    String line = post.line();
    int separator = line.indexOf(OLD_POST_SEPARATOR);
    int colon = line.indexOf(':', separator + OLD_POST_SEPARATOR.length());
    if (separator < 0 || colon < 0) {
      return printable(line);
    }
    try {
      Instant time = Instant.parse(line.substring(0, separator));
      String author = line.substring(separator + OLD_POST_SEPARATOR.length(), colon);
      return format(Optional.of(time), author, line.substring(colon + 1));
    } catch (DateTimeException notWrittenThatWay) {
      return printable(line);
    }
  }

  private String format(Optional<Instant> time, String author, String text) {
    return "[" + time.map(this::shown).orElse("no time") + "] " + printable(author + ": " + text);
  }

  private String shown(Instant time) {
    try {
      return timeFormat.format(time);
    } catch (DateTimeException beyondTheCalendar) {
      return "no time";
    }
  }

  private static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) && c != '\t' ? UNPRINTABLE : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
