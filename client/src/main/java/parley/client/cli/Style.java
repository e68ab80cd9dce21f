package parley.client.cli;

import picocli.CommandLine.Help.Ansi;

/** Colours on a terminal, and nothing elsewhere or where people have set NO_COLOR. */
enum Style {
  PLAIN {
    @Override
    String sequence(String codes, String text) {
      return text;
    }
  },

  COLOURED {
    @Override
    String sequence(String codes, String text) {
      return "\u001b[" + codes + "m" + text + "\u001b[0m";
    }
  };

  /** What suits standard output. */
  static Style ofOut() {
    String noColour = System.getenv("NO_COLOR");
    return Terminals.isOut() && (noColour == null || noColour.isEmpty()) ? COLOURED : PLAIN;
  }

  /** The same for help texts. */
  Ansi ansi() {
    return this == COLOURED ? Ansi.ON : Ansi.OFF;
  }

  String strong(String text) {
    return sequence("1", text);
  }

  String faint(String text) {
    return sequence("2", text);
  }

  String bad(String text) {
    return sequence("31", text);
  }

  abstract String sequence(String codes, String text);
}
