package parley.acceptance.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

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
    long bytes = 0;
    long files = 0;
    try (Stream<Path> all = Files.walk(hosts.data(host))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        bytes += sizeIfThere(file);
        files++;
      }
    }
    return new HostUse(held, bytes / 1024, files);
  }

  private static long sizeIfThere(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException rolledAway) {
      return 0;
    }
  }
}
