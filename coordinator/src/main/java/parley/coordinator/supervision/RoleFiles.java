package parley.coordinator.supervision;

import java.nio.file.Path;
import parley.coordinator.cluster.HostFolder;

/**
 * The files of one process.
 *
 * @param lock held by the process as long as it lives, and by nothing else
 * @param info where its lifeline answers; a hint that may be stale
 * @param life how it has fared lately
 * @param out what the JVM prints by itself; emptied at each start
 * @param log its rotated log
 * @param crash what the JVM leaves behind when it crashes
 */
record RoleFiles(Path lock, Path info, Path life, Path out, Path log, Path crash) {
  static RoleFiles of(HostFolder folder, Role role) {
    return new RoleFiles(
        folder.run().resolve(role.label() + ".lock"),
        folder.run().resolve(role.label() + ".info"),
        folder.run().resolve(role.label() + ".life"),
        folder.log().resolve(role.label() + ".out"),
        folder.log().resolve(role.label() + ".log"),
        folder.log().resolve(role.label() + ".crash"));
  }
}
