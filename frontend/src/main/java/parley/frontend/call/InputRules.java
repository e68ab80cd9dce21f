package parley.frontend.call;

import java.nio.charset.StandardCharsets;

/**
 * What names and texts may be.
 *
 * @param nameBytesMax longest name, bytes of UTF-8
 * @param textBytesMax longest text of a post, bytes of UTF-8
 */
public record InputRules(int nameBytesMax, int textBytesMax) {
  private static final int SHOWN_CHARS = 40;

  /**
   * Refuses what cannot be a user's name.
   *
   * @param what how to call the value in the message, such as "user name"
   */
  public void checkName(String what, String name) throws InvalidInput {
    if (name.isEmpty()) {
      throw new InvalidInput(what, "the " + what + " is empty");
    }
    int bytes = bytes(name);
    if (bytes > nameBytesMax) {
      throw new InvalidInput(
          what,
          "the %s %s has %d bytes of UTF-8; at most %d are allowed"
              .formatted(what, shown(name), bytes, nameBytesMax));
    }
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        throw new InvalidInput(
            what,
            "the %s %s has the control character U+%04X at position %d"
                .formatted(what, shown(name), (int) name.charAt(i), i + 1));
      }
    }
  }

  /**
   * Refuses a text that is too long. An empty one is fine.
   *
   * @param what how to call the value in the message, such as "text"
   */
  public void checkText(String what, String text) throws InvalidInput {
    // A char never takes more than three bytes: most texts need no counting.
    if (text.length() * 3 > textBytesMax) {
      int bytes = bytes(text);
      if (bytes > textBytesMax) {
        throw new InvalidInput(
            what,
            "the %s %s has %d bytes of UTF-8; at most %d are allowed"
                .formatted(what, shown(text), bytes, textBytesMax));
      }
    }
  }

  /** The value as it may stand in a message: quoted, cut, control characters escaped. */
  public static String shown(String value) {
    StringBuilder shown = new StringBuilder("'");
    value
        .codePoints()
        .limit(SHOWN_CHARS)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                shown.append("\\u%04x".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    boolean cut = value.codePointCount(0, value.length()) > SHOWN_CHARS;
    return shown.append(cut ? "…'" : "'").toString();
  }

  private static int bytes(String value) {
    return value.getBytes(StandardCharsets.UTF_8).length;
  }
}
