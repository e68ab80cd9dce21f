package parley.client.cli;

import java.io.PrintWriter;

/** Shows one text after the other: each in the place of the last one, on a terminal. */
final class Screen {

  private static final String CLEAR = "\u001b[H\u001b[2J\u001b[3J";

  private final PrintWriter out;
  private final boolean inPlace;

  Screen(PrintWriter out, boolean inPlace) {
    this.out = out;
    this.inPlace = inPlace;
  }

  void show(String text) {
    out.println(inPlace ? CLEAR + text : text);
  }

  /** Whether somebody may still read it. */
  boolean isRead() {
    return !out.checkError();
  }
}
