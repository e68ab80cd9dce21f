package parley.acceptance.lab;

import java.io.IOException;

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
  private static final String NO_NAMESPACE = "only a laboratory with namespaces may mount disks";

  /** The machine's clock and disk for all hosts. */
  public static final Equipment PLAIN = new Equipment(false, 0);

  public Equipment withClocks() {
    return new Equipment(true, diskMebibytes);
  }

  public Equipment withDisks(int mebibytes) {
    return new Equipment(clocks, mebibytes);
  }

  Clocks clocks(LabFolder folder) throws IOException {
    return clocks ? Clocks.own(folder) : Clocks.common(folder, NOT_ASKED_FOR);
  }

  Disks disks(LabFolder folder, Network network) throws IOException, InterruptedException {
    if (diskMebibytes == 0) {
      return Disks.common(folder, NOT_ASKED_FOR);
    }
    return network.wires().isPresent()
        ? Disks.own(folder, diskMebibytes)
        : Disks.common(folder, NO_NAMESPACE);
  }
}
