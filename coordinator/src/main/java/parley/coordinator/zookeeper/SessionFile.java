package parley.coordinator.zookeeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.coordinator.cluster.HostFolder;

/**
 * Where a process leaves the key to its ZooKeeper session, so that after its death its coordinator,
 * or its successor, can end that session at once. Readable by its owner alone (mode 0600); replaced
 * atomically, so a reader finds a whole session or none.
 */
public final class SessionFile {
  private static final Logger log = LoggerFactory.getLogger(SessionFile.class);
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;

  private SessionFile(Path path) {
    this.path = path;
  }

  /** The session file of a service on a host, in its {@code run} folder. */
  public static SessionFile of(HostFolder folder, Service service) {
    return new SessionFile(folder.run().resolve(service.label() + ".session"));
  }

  /** The file's place. */
  public Path path() {
    return path;
  }

  /**
   * The session of the last process that had one; empty if there was none or the file is damaged.
   *
   * @throws IOException the file exists and cannot be read
   */
  public Optional<Session> read() throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(path);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      Session session = new Session(Long.parseUnsignedLong(lines.get(0), 16), lines.get(1));
      session.password();
      return Optional.of(session);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      log.warn("{} holds no session and is ignored; the next session replaces it", path);
      return Optional.empty();
    }
  }

  /** Replaces the file's content. */
  void write(Session session) throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    Files.deleteIfExists(next);
    Files.createFile(next, OWNER_ALONE);
    Files.write(next, List.of(Long.toHexString(session.id()), session.passwordHex()));
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
  }
}
