package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.client.v1.FakeCluster;
import parley.client.v1.FakeParley;

/** Whole processes that get the signal of Ctrl-C. */
class CtrlCTest {

  private static final long END_S = 60;

  @TempDir private Path folder;
  private Path out;
  private Path err;
  private Process process;

  @BeforeEach
  void nameFiles() {
    out = folder.resolve("out");
    err = folder.resolve("err");
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void whatIsMeantToBeEndedThatWayEndsWell() throws Exception {
    start("status", "--watch", "0.1", "--server", "127.0.0.1:1");
    CommandRun.soon().until(() -> Files.size(out) > 0);
    assertThat(exitCodeAfterCtrlC()).isZero();
    assertThat(err).isEmptyFile();
  }

  @Test
  void interruptedWorkHasAStatusOfItsOwn() throws Exception {
    FakeCluster cluster = new FakeCluster();
    try (FakeParley frontend = new FakeParley(cluster)) {
      start("load", "--seconds", "1000", "--server", frontend.address().toString());
      CommandRun.soon().until(() -> !cluster.users().isEmpty());
      assertThat(exitCodeAfterCtrlC()).isEqualTo(130);
      assertThat(out).isEmptyFile();
      assertThat(err).content().doesNotContain("Exception");
    }
  }

  private void start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    // Who runs the tests in the background may have the signal ignored.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dlogback.configurationFile=parley/client/cli/silent-logback.xml");
    command.addAll(List.of("-cp", classPath(), Parley.class.getName()));
    command.addAll(List.of(arguments));
    process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private int exitCodeAfterCtrlC() throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(END_S, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
