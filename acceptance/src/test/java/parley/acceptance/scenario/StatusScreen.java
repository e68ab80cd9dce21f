package parley.acceptance.scenario;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What somebody reads on a terminal where {@code parley status --watch} runs: one table in the
 * place of the other. The newest may not be complete yet, so that the one before it is read.
 */
final class StatusScreen {
  private static final Pattern NEXT_TABLE = Pattern.compile("\u001b\\[H\u001b\\[2J");
  private static final Pattern CONTROL = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]");
  private static final Pattern LINE_END = Pattern.compile("\\R");
  private static final Pattern GAP = Pattern.compile(" {2,}");
  private static final int ADDRESS = 1;
  private static final int ROLE = 2;

  private final Typist watcher;

  StatusScreen(Typist watcher) {
    this.watcher = watcher;
  }

  /** The addresses of those that are shown as primary. */
  List<String> primaries() throws IOException {
    return withRole("primary", current());
  }

  /** The addresses of those that are shown as standby. */
  List<String> standbys() throws IOException {
    return withRole("standby", current());
  }

  /**
   * Whether a host was shown as unreachable, be it for a moment, behind a place of what is seen.
   */
  boolean hasShownUnreachable(String address, int from) throws IOException {
    return withRole("unreachable", watcher.seen().substring(from)).contains(address);
  }

  private String current() throws IOException {
    String[] tables = NEXT_TABLE.split(watcher.seen());
    return tables.length < 2 ? "" : tables[tables.length - 2];
  }

  private static List<String> withRole(String role, String shown) {
    return LINE_END
        .splitAsStream(CONTROL.matcher(shown).replaceAll(""))
        .map(GAP::split)
        .filter(columns -> columns.length > ROLE && columns[ROLE].equals(role))
        .map(columns -> columns[ADDRESS])
        .toList();
  }
}
