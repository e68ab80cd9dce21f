package parley.acceptance.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However an experiment ends, its laboratory leaves nothing on the machine. */
class LaboratoryIT {

  private static final int ROOT = 0;
  private static final int KILLED = 128 + 9;
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(60)).lookingEvery(Duration.ofMillis(50));

  @TempDir private Path folder;
  private Process launcher;

  @BeforeEach
  void onlyWhereNamespacesArePermitted() throws IOException {
    assumeThat(Files.getAttribute(folder, "unix:uid")).isEqualTo(ROOT);
  }

  @AfterEach
  void endLauncher() {
    if (launcher != null) {
      launcher.destroy();
    }
  }

  @Test
  void exitStatusIsPassedOnAndNothingIsLeft() throws Exception {
    launch("exit");
    assertThat(launcher.waitFor()).isEqualTo(SleepersMain.STATUS);
    assertNothingIsLeft();
  }

  @Test
  void nothingIsLeftOfAnExperimentThatWasKilled() throws Exception {
    launch("stay");
    awaitReady();
    experiment().destroyForcibly();
    assertThat(launcher.waitFor()).isEqualTo(KILLED);
    assertNothingIsLeft();
  }

  @Test
  void nothingIsLeftOfALaboratoryThatWasEnded() throws Exception {
    launch("stay");
    awaitReady();
    launcher.destroy();
    launcher.waitFor();
    assertNothingIsLeft();
  }

  @Test
  void theNextLaboratoryRemovesOneThatWasKilled() throws Exception {
    launch("stay");
    awaitReady();
    launcher.destroyForcibly().waitFor();
    assertThat(namespaces()).isNotEmpty();
    Laboratory.create().close();
    assertNothingIsLeft();
  }

  @Test
  void whereNamespacesAreNotPermittedItSaysWhatIsLeftOutAndGoesOnWithoutThem() throws Exception {
    String without = "-sys_admin,-net_admin";
    launch(
        List.of("setpriv", "--bounding-set", without, "--inh-caps", without),
        List.of("parley.acceptance.faults.MatrixMain", "--home", "/", "--design", "/", "--list"));
    assertThat(launcher.waitFor()).isZero();
    assertThat(Files.readString(folder.resolve("output")))
        .contains(
            "No network namespaces can be had here",
            "Hosts get loopback addresses instead; cut and slow networks, wrong clocks and full"
                + " disks are left out.",
            "kill-primary");
  }

  private void launch(String end) throws IOException {
    launch(List.of(), List.of(SleepersMain.class.getName(), folder.toString(), end));
  }

  private void launch(List<String> privileges, List<String> experiment) throws IOException {
    List<String> command = new ArrayList<>(privileges);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            LabMain.class.getName()));
    command.addAll(experiment);
    launcher =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
  }

  private void awaitReady() throws IOException {
    PATIENCE.await(
        "the experiment has begun",
        () -> Files.exists(folder.resolve("ready")) || !launcher.isAlive());
    assertThat(launcher.isAlive()).isTrue();
    assertThat(namespaces()).hasSize(1 + Hosts.COUNT);
    assertThat(sleepers()).hasSize(Hosts.COUNT);
  }

  private ProcessHandle experiment() {
    return launcher.children().findFirst().orElseThrow();
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(folder.resolve("ready")).exists();
    assertThat(namespaces()).isEmpty();
    PATIENCE.await("killed processes are gone", () -> sleepers().isEmpty());
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(folder.toString());
    assertThat(SleepersMain.SHARED_MEMORY.resolve(name())).doesNotExist();
  }

  private List<String> namespaces() throws IOException {
    String name = name();
    try (Stream<Path> all = Files.list(Path.of("/run/netns"))) {
      return all.map(each -> each.getFileName().toString())
          .filter(each -> each.startsWith(name))
          .toList();
    }
  }

  private String name() throws IOException {
    return Files.readString(folder.resolve("ready"));
  }

  /** The processes that were left on the hosts. */
  private List<ProcessHandle> sleepers() {
    return ProcessHandle.allProcesses()
        .filter(process -> commandLine(process).contains(folder.resolve("slept-on").toString()))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }
}
