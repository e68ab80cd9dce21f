package parley.acceptance.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each host a small disk of its own, in memory, that can be full.
 *
 * <p>They are mounted in the mount namespace of this JVM and of what it starts, and gone with it.
 */
public final class Disks {

  private static final Logger LOG = LoggerFactory.getLogger(Disks.class);
  private static final int BLOCK = 1 << 12;

  private final LabFolder folder;
  private final Optional<String> obstacle;

  private Disks(LabFolder folder, Optional<String> obstacle) {
    this.folder = folder;
    this.obstacle = obstacle;
  }

  /** Folders on one common disk. */
  static Disks common(LabFolder folder, String why) {
    return new Disks(folder, Optional.of(why));
  }

  /** A disk for each host. */
  static Disks own(LabFolder folder, int mebibytes) throws IOException, InterruptedException {
    for (int host = 1; host <= Hosts.COUNT; host++) {
      String disk = folder.data(host).toString();
      Command.run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "parley-lab", disk);
    }
    return new Disks(folder, Optional.empty());
  }

  /** Why no disk can be filled; nothing if it can. */
  public Optional<String> obstacle() {
    return obstacle;
  }

  /** Writes until nothing more goes onto a host's disk. */
  public void fill(int host) throws IOException {
    try (FileChannel file =
        FileChannel.open(ballast(host), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      while (roomOn(host) > 0) {
        file.write(block.clear());
      }
    }
  }

  /** Frees what {@link #fill} has taken. */
  public void free(int host) throws IOException {
    Files.deleteIfExists(ballast(host));
  }

  private long roomOn(int host) throws IOException {
    return Files.getFileStore(folder.data(host)).getUsableSpace();
  }

  private Path ballast(int host) {
    return folder.data(host).resolve("ballast");
  }

  /** Takes the disks away; what was on them is kept on the common one, if it is to be. */
  void release(boolean kept) {
    if (obstacle.isPresent()) {
      return;
    }
    try {
      for (int host = 1; host <= Hosts.COUNT; host++) {
        release(folder.data(host), kept);
      }
    } catch (IOException e) {
      LOG.warn("a host's disk could not be taken away: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void release(Path disk, boolean kept) throws IOException, InterruptedException {
    Path copy = disk.resolveSibling(disk.getFileName() + ".kept");
    if (kept) {
      Command.run("cp", "-a", disk.toString(), copy.toString());
    }
    Command.run("umount", disk.toString());
    if (kept) {
      Files.delete(disk);
      Files.move(copy, disk);
    }
  }
}
