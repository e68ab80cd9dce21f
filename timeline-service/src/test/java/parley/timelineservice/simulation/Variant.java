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
 * @param caught how the simulator must notice, or null
 * @param found how the exploration must notice, or null
 */
public record Variant(Mutation mutation, String rule, Caught caught, Found found) {

  /** By this check within so many runs, with the seeds from 1 on. */
  record Caught(String check, int runs, int hosts) {}

  /** In this scope, and so much must be said of it. */
  public record Found(String scope, String words) {}

  private static final Path FOLDER = Path.of("src", "test", "resources", "variants");

  private static final Pattern CAUGHT =
      Pattern.compile("caught by (\\w+) within (\\d+) runs? of (\\d) hosts");
  private static final Pattern FOUND = Pattern.compile("found in ([\\w-]+) as (.+)");

  /** Those that the simulator must notice. */
  static List<Variant> simulated() {
    return all().stream().filter(variant -> variant.caught() != null).toList();
  }

  /** Those that the exploration must notice. */
  public static List<Variant> explored() {
    return all().stream().filter(variant -> variant.found() != null).toList();
  }

  private static List<Variant> all() {
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
    Caught caught = null;
    Found found = null;
    List<String> mutation = new ArrayList<>();
    for (String line : lines) {
      Matcher simulated = CAUGHT.matcher(line);
      Matcher explored = FOUND.matcher(line);
      if (simulated.matches()) {
        caught =
            new Caught(
                simulated.group(1),
                Integer.parseInt(simulated.group(2)),
                Integer.parseInt(simulated.group(3)));
      } else if (explored.matches()) {
        found = new Found(explored.group(1), explored.group(2));
      } else {
        mutation.add(line);
      }
    }
    if (caught == null && found == null) {
      throw new IllegalArgumentException(file + ": nobody must notice " + lines.get(0));
    }
    return new Variant(Mutation.parse(file, mutation), lines.get(0).split(" ")[1], caught, found);
  }

  @Override
  public String toString() {
    return mutation.what();
  }
}
