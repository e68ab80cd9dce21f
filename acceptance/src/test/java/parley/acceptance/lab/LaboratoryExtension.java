package parley.acceptance.lab;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Has another JVM, in a laboratory, run the whole class before the first test, and then tells of
 * each test what became of it there. Inside that JVM it does nothing.
 */
final class LaboratoryExtension implements BeforeAllCallback, InvocationInterceptor {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Properties results = new Properties();

  @Override
  public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
    if (TestsInLaboratoryMain.isRunning()) {
      return;
    }
    Path folder = Files.createTempDirectory("parley-lab-tests");
    try {
      run(context.getRequiredTestClass(), folder);
    } finally {
      Remains.delete(folder);
    }
  }

  private void run(Class<?> tests, Path folder) throws IOException, InterruptedException {
    Path resultsFile = folder.resolve("results");
    ScriptRun run =
        ScriptRun.start(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                RealHosts.homeOption(),
                "-cp",
                System.getProperty("java.class.path"),
                LabMain.class.getName(),
                TestsInLaboratoryMain.class.getName(),
                tests.getName(),
                resultsFile.toString()),
            folder);
    ScriptRun.Result result = run.await(PATIENCE);
    System.out.println(result.output() + result.errors());
    result.orThrow();
    try (InputStream file = Files.newInputStream(resultsFile)) {
      results.load(file);
    }
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    if (TestsInLaboratoryMain.isRunning()) {
      invocation.proceed();
      return;
    }
    invocation.skip();
    tell(method.getExecutable().getName() + " " + context.getDisplayName());
  }

  private void tell(String test) {
    String result = results.getProperty(test);
    if (result == null) {
      throw new AssertionError(test + " was not run; there is " + results);
    }
    String words = result.substring(result.indexOf(' ') + 1);
    switch (TestsInLaboratoryMain.Kind.valueOf(result.substring(0, result.indexOf(' ')))) {
      case SUCCESSFUL -> {}
      case ABORTED -> throw new TestAbortedException(words);
      case FAILED -> throw new AssertionError(words);
    }
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    interceptTestMethod(invocation, method, context);
  }

  @Override
  public void interceptBeforeAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    onlyInside(invocation);
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    onlyInside(invocation);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    onlyInside(invocation);
  }

  @Override
  public void interceptAfterAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    onlyInside(invocation);
  }

  private static void onlyInside(Invocation<Void> invocation) throws Throwable {
    if (TestsInLaboratoryMain.isRunning()) {
      invocation.proceed();
    } else {
      invocation.skip();
    }
  }
}
