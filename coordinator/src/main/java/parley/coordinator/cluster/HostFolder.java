package parley.coordinator.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The one place that knows where a host keeps what: {@code DATA/hostN/} and its parts, so that
 * several local hosts may share one data folder.
 */
public record HostFolder(Path path) {
  /** The folder of a host inside a data folder; nothing is created. */
  public static HostFolder of(Path data, int hostId) {
    return new HostFolder(data.toAbsolutePath().normalize().resolve("host" + hostId));
  }

  /** Where the ZooKeeper peer keeps its snapshots and transaction logs. */
  public Path zooKeeper() {
    return path.resolve("zookeeper");
  }

  /** Where the timeline service keeps its database. */
  public Path timeline() {
    return path.resolve("timeline");
  }

  /** Locks, information files and session files of running processes. */
  public Path run() {
    return path.resolve("run");
  }

  /** Rotated logs. */
  public Path log() {
    return path.resolve("log");
  }

  /**
   * Creates {@link #run()} and {@link #log()} where missing. {@code run} is for its owner alone
   * (mode 0700): whoever reads a session file may end that session.
   */
  public void create() throws IOException {
    Files.createDirectories(log());
    if (!Files.isDirectory(run())) {
      Files.createDirectories(
          run(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }
}
