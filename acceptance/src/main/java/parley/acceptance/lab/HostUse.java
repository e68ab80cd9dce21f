package parley.acceptance.lab;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the processes of one host hold at one moment.
 *
 * @param held by each of them
 * @param diskKib in all files of its folder
 */
record HostUse(Map<Role, Held> held, long diskKib, long files) {

  HostUse {
    held = Map.copyOf(held);
  }

  /**
   * What one process holds.
   *
   * @param liveKib what is alive on its heap
   */
  record Held(long pid, ProcessUse use, long liveKib) {}

  /**
   * Looks now; each process stands still for a full collection.
   *
   * @throws IOException one of them does not run
   */
  static HostUse of(LocalCluster hosts, int host) throws IOException {
    Map<Role, Held> held = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      ServiceProcess process = hosts.running(role, host);
      long live = new ProcessMemory(process).liveKib();
      ProcessUse use =
          ProcessUse.of(process).orElseThrow(() -> new IOException(process + " has ended"));
      held.put(role, new Held(process.pid(), use, live));
    }
    Count count = new Count();
    Files.walkFileTree(hosts.data(host), count);
    return new HostUse(held, count.bytes / 1024, count.files);
  }

  /** Counts files while processes create, rename and delete some. */
  private static final class Count extends SimpleFileVisitor<Path> {

    private long bytes;
    private long files;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        bytes += attributes.size();
        files++;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE; // Listed a moment ago, and gone since then.
      }
      throw failure;
    }
  }
}
