package parley.acceptance.lab;

import java.io.IOException;
import java.util.Optional;

/**
 * What hosts have beside processes and a network. It costs something, so a laboratory has it on
 * request only.
 *
 * @param clocks each host has a wall clock of its own, which can be set
 * @param diskMebibytes the size of each host's own small disk, which can be full; 0 for a folder on
 *     the common one
 */
public record Equipment(boolean clocks, int diskMebibytes) {

  private static final String NOT_ASKED_FOR = "these hosts have not been given any of their own";
  private static final String NO_NAMESPACE =
      "only in namespaces nothing of it stays: run it as root, by LabMain";

  /** The machine's clock and disk for all hosts. */
  public static final Equipment PLAIN = new Equipment(false, 0);

  public Equipment withClocks() {
    return new Equipment(true, diskMebibytes);
  }

  public Equipment withDisks(int mebibytes) {
    return new Equipment(clocks, mebibytes);
  }

  Clocks clocks(LabFolder folder, Network network) throws IOException {
    Optional<String> obstacle = obstacle(clocks, network);
    return obstacle.isPresent() ? Clocks.common(folder, obstacle.get()) : Clocks.own(folder);
  }

  Disks disks(LabFolder folder, Network network) throws IOException, InterruptedException {
    Optional<String> obstacle = obstacle(diskMebibytes > 0, network);
    return obstacle.isPresent()
        ? Disks.common(folder, obstacle.get())
        : Disks.own(folder, diskMebibytes);
  }

  // Both leave something behind: what is mounted, and libfaketime's shared memory.
  private static Optional<String> obstacle(boolean askedFor, Network network) {
    if (!askedFor) {
      return Optional.of(NOT_ASKED_FOR);
    }
    return network.wires().isPresent() ? Optional.empty() : Optional.of(NO_NAMESPACE);
  }
}
