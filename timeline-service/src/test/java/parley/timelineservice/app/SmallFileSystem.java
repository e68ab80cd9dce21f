package parley.timelineservice.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A file system of a few megabytes, in memory, mounted on a folder of its own. A test that needs
 * one is skipped where nobody may mount.
 */
final class SmallFileSystem implements AutoCloseable {

  private static final String BALLAST = "ballast";
  private static final long MOUNT_SECONDS = 10;

  private final Path folder;
  private final Thread unmountAtExit = new Thread(this::unmount);
  private boolean mounted;

  /**
   * Mounts it.
   *
   * @param folder where; made, and empty
   */
  SmallFileSystem(Path folder, int megabytes) throws IOException {
    this.folder = Files.createDirectories(folder);
    Runtime.getRuntime().addShutdownHook(unmountAtExit);
    String refusal =
        refusal("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", path());
    mounted = refusal.isEmpty();
    assumeTrue(
        mounted,
        "a file system of its own cannot be mounted here, it takes root's rights: " + refusal);
  }

  /** Leaves only this much space. */
  void fillUpTo(long bytesLeft) throws IOException {
    long ballast = Files.getFileStore(folder).getUsableSpace() - bytesLeft;
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(BALLAST).toFile(), "rw")) {
      file.write(new byte[Math.toIntExact(ballast)]);
    }
  }

  /** Makes room again. */
  void free() throws IOException {
    Files.delete(folder.resolve(BALLAST));
  }

  private String path() {
    return folder.toString();
  }

  private void unmount() {
    if (mounted) {
      mounted = false;
      assertThat(refusal("umount", "--lazy", path())).as("what umount says").isEmpty();
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(unmountAtExit);
    unmount();
  }

  /** What the command said if it failed; empty if not. */
  private static String refusal(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(MOUNT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return command[0] + " does not end";
      }
      return process.exitValue() == 0 ? "" : command[0] + " failed: " + said.strip();
    } catch (IOException e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      throw new IllegalStateException("tests are not interrupted", e);
    }
  }
}
