package parley.acceptance.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clears away what a laboratory may have left: processes that no script ended, and its folder. */
final class Remains {

  private static final Logger LOG = LoggerFactory.getLogger(Remains.class);
  private static final int LOOKS_MAX = 2_000;
  private static final long LOOK_NANOS = 5_000_000;

  private final ProcessTable table;

  Remains(ProcessTable table) {
    this.table = table;
  }

  /**
   * Kills all that runs on behalf of some hosts, in as short a time as can be: services, scripts,
   * and what either is about to start.
   *
   * @return the services among it
   * @throws IOException something would not end
   */
  List<ServiceProcess> killAll(Set<Integer> hosts) throws IOException {
    List<ServiceProcess> services =
        table.read().stream().filter(service -> hosts.contains(service.host())).toList();
    for (int look = 0; look < LOOKS_MAX; look++) {
      List<ProcessHandle> left =
          hosts.stream()
              .flatMap(host -> table.allOf(host).stream())
              .flatMap(pid -> ProcessHandle.of(pid).stream())
              .toList();
      if (left.isEmpty()) {
        return services;
      }
      left.forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw new IOException("something on hosts " + hosts + " would not end");
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException goneAlready) {
      LOG.debug("{} is gone already", folder);
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("could not delete {}: {}", folder, e.toString());
    }
  }
}
