package parley.coordinator.ensemble;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import parley.coordinator.cluster.HostFolder;

/**
 * The peer's data folder, and the decision whether an empty database there may vote.
 *
 * <p>A peer whose data was deleted must not vote on the strength of its emptiness: together with a
 * peer that lags behind it would outvote what a majority has acknowledged. So ZooKeeper trusts an
 * empty database only where a file {@code initialize} lies, and that file is made only as long as
 * this host has never been part of a majority. The mark that it has been stands beside the data,
 * not in it: {@code DATA/hostN/zookeeper.joined}.
 *
 * <ul>
 *   <li>First start: no mark; the peer may begin with an empty database, at each start until it has
 *       joined.
 *   <li>{@code zookeeper/} deleted on one host: the mark is there; the peer copies everything from
 *       a majority of others and has no vote until then.
 *   <li>{@code zookeeper/} deleted on so many hosts that no majority is left: nobody could ever
 *       vote. When all other peers have been reachable for a while and still no majority exists,
 *       the peer begins anew. What is lost are hints.
 *   <li>The host's whole folder deleted: this is a first start again.
 * </ul>
 */
final class PeerData {
  private final Path folder;
  private final Path joinedMark;

  PeerData(HostFolder host) {
    this.folder = host.zooKeeper();
    this.joinedMark = host.path().resolve("zookeeper.joined");
  }

  /** Makes the folder ready for a start of the peer. */
  void prepare(int hostId) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("myid"), hostId + "\n");
    if (!Files.exists(joinedMark)) {
      trustEmptyDatabase();
    }
  }

  /** Lets the next start begin with an empty database, although data has been lost. */
  void beginAnew() throws IOException {
    // A peer without data writes epochs below every real one, which no database fits.
    Files.deleteIfExists(version().resolve("currentEpoch"));
    Files.deleteIfExists(version().resolve("acceptedEpoch"));
    trustEmptyDatabase();
  }

  /** Remembers that this host has been part of a majority; called often, writes once. */
  void markJoined() throws IOException {
    if (!Files.exists(joinedMark)) {
      Files.writeString(joinedMark, "");
    }
  }

  /**
   * Whether this host has been part of a majority but holds no snapshot, so that it cannot vote.
   */
  boolean isMissing() throws IOException {
    if (!Files.exists(joinedMark)) {
      return false;
    }
    if (!Files.isDirectory(version())) {
      return true;
    }
    try (DirectoryStream<Path> snapshots = Files.newDirectoryStream(version(), "snapshot.*")) {
      return !snapshots.iterator().hasNext();
    }
  }

  /** Without effect where there is data. */
  private void trustEmptyDatabase() throws IOException {
    Files.writeString(folder.resolve("initialize"), "");
  }

  private Path version() {
    return folder.resolve("version-2");
  }
}
