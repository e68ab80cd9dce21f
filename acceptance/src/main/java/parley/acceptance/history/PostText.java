package parley.acceptance.history;

import java.nio.charset.StandardCharsets;

/**
 * Texts that tell which line they belong to, of differing lengths and alphabets, so that a
 * mixed-up, cut or recoded text is noticed.
 */
public final class PostText {

  private static final char MARK = '#';
  private static final String PLAIN = "the quick brown fox jumps over the lazy dog, 0123456789; ";
  private static final String FOREIGN =
      "größer als façade — Ελλάδα, Москва, 東京 🚲 \"quoted\" & <b>; ";
  private static final int FOREIGN_EVERY = 7;
  private static final int LONG_EVERY = 101;
  private static final int USUAL_CHARS_MAX = 120;
  private static final int LONG_CHARS = 900;

  private PostText() {}

  /** The whole text of a line. */
  public static String of(int line) {
    String words = line % FOREIGN_EVERY == 0 ? FOREIGN : PLAIN;
    int length = line % LONG_EVERY == 0 ? LONG_CHARS : line * 31 % USUAL_CHARS_MAX;
    StringBuilder text = new StringBuilder().append(MARK).append(line).append(' ');
    while (text.length() < length) {
      text.append(words);
    }
    // Whole repetitions only: cutting could divide a character.
    return text.append('.').toString();
  }

  /** Which line a text is, all of it; -1 if it is none. */
  public static int lineOf(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int line = lineOf(utf8, 0, utf8.length);
    return line >= 0 && text.equals(of(line)) ? line : -1;
  }

  /**
   * Which line a text claims to belong to; -1 if it claims none. Says nothing about the rest of the
   * text.
   */
  public static int lineOf(byte[] utf8, int from, int to) {
    int line = 0;
    int at = from;
    if (at >= to || utf8[at++] != MARK) {
      return -1;
    }
    int digits = 0;
    while (at < to && utf8[at] >= '0' && utf8[at] <= '9' && digits < 9) {
      line = line * 10 + utf8[at++] - '0';
      digits++;
    }
    return digits > 0 && at < to && utf8[at] == ' ' ? line : -1;
  }
}
