package parley.timelineservice.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import parley.timelineservice.traces.Mutation;

/**
 * A deliberately broken core or environment, and who must notice it how soon; written down in
 * {@code src/test/resources/variants}.
 *
 * @param rule the rule that it breaks, R1 to R16
 * @param check the check that must notice
 * @param runs within so many runs, with the seeds from 1 on
 */
record Variant(Mutation mutation, String rule, String check, int runs, int hosts) {

  private static final Path FOLDER = Path.of("src", "test", "resources", "variants");

  private static final Pattern CAUGHT =
      Pattern.compile("caught by (\\w+) within (\\d+) runs? of (\\d) hosts");

  static List<Variant> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .sorted()
          .flatMap(Variant::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Variant> read(Path file) {
    try {
      return Arrays.stream(Files.readString(file).split("\n\\s*\n"))
          .map(paragraph -> paragraph.strip().lines().toList())
          .filter(lines -> lines.get(0).startsWith("break "))
          .map(lines -> parse(file.getFileName().toString(), lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Variant parse(String file, List<String> lines) {
    Matcher caught = CAUGHT.matcher(lines.get(1));
    if (!caught.matches()) {
      throw new IllegalArgumentException(file + ": not who must notice: " + lines.get(1));
    }
    List<String> mutation = new ArrayList<>(lines);
    mutation.remove(1);
    return new Variant(
        Mutation.parse(file, mutation),
        lines.get(0).split(" ")[1],
        caught.group(1),
        Integer.parseInt(caught.group(2)),
        Integer.parseInt(caught.group(3)));
  }

  @Override
  public String toString() {
    return mutation.what();
  }
}
