package parley.client.cli;

/** Texts by others, so that none of them can drive a terminal or look like two lines. */
final class Printable {

  private static final char UNPRINTABLE = '\uFFFD';

  private Printable() {}

  static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) && c != '\t' ? UNPRINTABLE : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
