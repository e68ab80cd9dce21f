package parley.timelineservice.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to break the code, which a test must notice. Written as {@code break WHAT FOR}, then for
 * each change the source file's name and, as in a diff, the lines that go and those that come in
 * their place.
 *
 * @param file the name of the file that holds it
 */
public record Mutation(String file, String what, List<Change> changes) {

  public record Change(String source, String from, String to) {

    /** The broken source; blanks and line breaks make no difference. */
    String applyTo(String text) {
      StringBuilder pattern = new StringBuilder();
      for (String word : from.split(" ")) {
        pattern.append(pattern.length() == 0 ? "" : "\\s+").append(Pattern.quote(word));
      }
      List<int[]> found = new ArrayList<>();
      Matcher matcher = Pattern.compile(pattern.toString()).matcher(text);
      while (matcher.find()) {
        found.add(new int[] {matcher.start(), matcher.end()});
      }
      if (found.size() != 1) {
        throw new IllegalArgumentException(
            "%s holds %d times: %s".formatted(source, found.size(), from));
      }
      return text.substring(0, found.get(0)[0]) + to + text.substring(found.get(0)[1]);
    }
  }

  /** The lines of one {@code break}, the first one included. */
  public static Mutation parse(String file, List<String> lines) {
    List<Change> changes = new ArrayList<>();
    int at = 1;
    while (at < lines.size()) {
      int end = at + 1;
      while (end < lines.size() && !lines.get(end).endsWith(".java")) {
        end++;
      }
      List<String> change = lines.subList(at + 1, end);
      changes.add(new Change(lines.get(at), side(change, '-'), side(change, '+')));
      at = end;
    }
    return new Mutation(file, lines.get(0).substring("break ".length()), changes);
  }

  private static String side(List<String> lines, char sign) {
    StringBuilder side = new StringBuilder();
    for (String line : lines) {
      if (line.charAt(0) == sign) {
        side.append(side.length() == 0 ? "" : " ").append(line.substring(1).trim());
      }
    }
    return side.toString().replaceAll("\\s+", " ").trim();
  }

  @Override
  public String toString() {
    return file + ": " + what;
  }
}
