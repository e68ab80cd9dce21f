package parley.acceptance.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests of one class, in the laboratory, and writes what became of each of them: {@code
 * TestsInLaboratoryMain CLASS RESULTFILE}.
 */
final class TestsInLaboratoryMain {

  /** What may become of a test. */
  enum Kind {
    SUCCESSFUL,
    ABORTED,
    FAILED
  }

  private static final String RUNNING = "parley.lab.tests";

  private TestsInLaboratoryMain() {}

  /** Whether this JVM is the one that really runs the tests. */
  static boolean isRunning() {
    return Boolean.getBoolean(RUNNING);
  }

  public static void main(String[] args) throws IOException {
    System.setProperty(RUNNING, "true");
    Properties results = new Properties();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(args[0]))
                .build(),
            new Record(results));
    try (OutputStream file = Files.newOutputStream(Path.of(args[1]))) {
      results.store(file, args[0]);
    }
    System.exit(0);
  }

  private static final class Record implements TestExecutionListener {

    private final Properties results;
    private long startNanos;

    Record(Properties results) {
      this.results = results;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
      startNanos = System.nanoTime();
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      Kind kind = Kind.valueOf(result.getStatus().name());
      if (test.isTest()) {
        System.out.printf(
            "%s %s, %.1f s%n", key(test), kind, (System.nanoTime() - startNanos) / 1e9);
      }
      if (test.isTest() || kind != Kind.SUCCESSFUL) {
        results.setProperty(
            key(test), kind + " " + result.getThrowable().map(Record::text).orElse(""));
      }
    }

    private static String key(TestIdentifier test) {
      return test.getSource()
              .filter(MethodSource.class::isInstance)
              .map(source -> ((MethodSource) source).getMethodName())
              .orElse("class")
          + " "
          + test.getDisplayName();
    }

    private static String text(Throwable failure) {
      StringWriter text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text));
      return text.toString();
    }
  }
}
