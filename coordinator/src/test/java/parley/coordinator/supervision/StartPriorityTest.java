package parley.coordinator.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Runs in a session of its own, for an autogroup is a session's, and without privileges. */
class StartPriorityTest {
  private static final Path AUTOGROUP = Path.of("/proc/self/autogroup");
  private static final List<String> WITHOUT_PRIVILEGES =
      List.of("setpriv", "--bounding-set", "-sys_admin", "--inh-caps", "-sys_admin");

  /** Without CAP_SYS_ADMIN the kernel takes one change in 0.1 s, and answers EAGAIN to others. */
  @Test
  void refusalOfTheKernelIsNoErrorAndALaterTryIsTaken() throws Exception {
    assumeTrue(Files.exists(AUTOGROUP), "this kernel has no autogroups");

    assertThat(runInASessionOfItsOwn()).containsExactly(Starter.REFUSED, "nice 0");
  }

  private static List<String> runInASessionOfItsOwn() throws Exception {
    List<String> command = new ArrayList<>(List.of("setsid", "--wait"));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(WITHOUT_PRIVILEGES);
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(StandIns.installation().classPath());
    command.add(Starter.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      byte[] output = process.getInputStream().readAllBytes();
      assertThat(process.waitFor()).isZero();
      return new String(output, StandardCharsets.UTF_8).lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A process that comes to serve right after it was put behind the others. */
  static final class Starter {
    static final String REFUSED = "refused: nice 10";

    private static final int TRIES = 50;
    private static final int LOOKS = 500;
    private static final long PAUSE_NANOS = 20_000_000;

    private Starter() {}

    public static void main(String[] arguments) throws IOException {
      for (int i = 0; i < TRIES; i++) {
        putBehindTheOthers();
        StartPriority priority = new StartPriority();
        priority.endIf(true);
        // A slow machine may have taken the 0.1 s between the two; then once more.
        if (niceness().equals("nice 10")) {
          System.out.println(REFUSED);
          for (int look = 0; look < LOOKS && !niceness().equals("nice 0"); look++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            priority.endIf(true);
          }
          System.out.println(niceness());
          return;
        }
      }
    }

    /** Tries again where some process of this machine, perhaps this one, has made a change. */
    private static void putBehindTheOthers() throws IOException {
      IOException refusal = null;
      for (int look = 0; look < LOOKS; look++) {
        try (FileOutputStream autogroup = new FileOutputStream(AUTOGROUP.toFile())) {
          autogroup.write("10".getBytes(StandardCharsets.US_ASCII));
          return;
        } catch (IOException e) {
          refusal = e;
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
      throw refusal;
    }

    private static String niceness() throws IOException {
      String group = Files.readString(AUTOGROUP).strip();
      return group.substring(group.indexOf("nice"));
    }
  }
}
