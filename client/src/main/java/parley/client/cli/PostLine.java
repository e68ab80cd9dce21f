package parley.client.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import parley.client.v1.Post;

/** Writes posts the way people read them. */
final class PostLine {

  private static final String NO_TIME = "no time";

  private final DateTimeFormatter timeFormat;
  private final Style style;

  PostLine(ZoneId zone, Style style) {
    this.timeFormat = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
    this.style = style;
  }

  /** In this machine's time zone, and coloured if that suits standard output. */
  static PostLine here() {
    return new PostLine(ZoneId.systemDefault(), Style.ofOut());
  }

  String format(Post post) {
    return style.faint("[" + post.time().map(this::shown).orElse(NO_TIME) + "]")
        + " "
        + style.strong(Printable.of(post.author()) + ":")
        + " "
        + Printable.of(post.text());
  }

  private String shown(Instant time) {
    try {
      return timeFormat.format(time);
    } catch (DateTimeException beyondTheCalendar) {
      return NO_TIME;
    }
  }
}
