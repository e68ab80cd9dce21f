package parley.timelineservice.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays the named schedules of {@code src/test/resources/traces}. {@code -Dtraces.rewrite=true}
 * writes down what happened instead of comparing it, for a human to read the difference; the {@code
 * expect} lines count all the same.
 */
class TracesTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "traces");

  static List<String> traces() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".txt"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Mutation> mutations() {
    return traces().stream()
        .flatMap(name -> new Trace(FOLDER.resolve(name)).mutations().stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("traces")
  void happensAsWritten(String name) {
    Trace trace = new Trace(FOLDER.resolve(name));
    String happened = trace.get();
    if (Boolean.getBoolean("traces.rewrite")) {
      trace.rewrite(happened);
    } else {
      assertThat(happened).isEqualTo(trace.text());
    }
  }

  /** A trace that cannot fail proves nothing. */
  @ParameterizedTest
  @MethodSource("traces")
  void namesAWayToBreakItsRule(String name) {
    assertThat(new Trace(FOLDER.resolve(name)).mutations()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void failsWhenItsRuleIsBroken(Mutation mutation)
      throws IOException, ReflectiveOperationException {
    BrokenCore broken = new BrokenCore(mutation);
    assertThatThrownBy(() -> broken.run(Trace.class, FOLDER.resolve(mutation.file())))
        .as(mutation.toString())
        .isInstanceOf(AssertionError.class);
  }
}
