package parley.timelineservice.storage.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FilePath;

/**
 * A disk in memory that remembers what it was asked to do in which order, so that tests can ask
 * what is left of its files if the power had gone at any moment. It may also be full, or fail to
 * read.
 *
 * <p>What is left: everything up to a file's last sync, and of what came after it any sectors, in
 * any combination, one of them perhaps torn in its middle. A file's name is left for sure only once
 * its folder was synced.
 *
 * <p>Mounted on a folder, it holds the files that H2 opens there as {@code lossy:FOLDER/...}.
 */
public final class LossyDisk implements AutoCloseable {

  /** What H2 writes before a path on such a disk. */
  public static final String SCHEME = "lossy";

  private static final Map<Path, LossyDisk> MOUNTED = new ConcurrentHashMap<>();

  static {
    FilePath.register(new LossyPath());
  }

  private final Path folder;
  private final Map<String, byte[]> found;
  private final Map<String, LossyFile> files = new TreeMap<>();
  private final List<Operation> operations = new ArrayList<>();
  private long capacity = Long.MAX_VALUE;
  private boolean readable = true;
  private boolean writable = true;
  private boolean honest = true;

  private LossyDisk(Path folder, Map<String, byte[]> found) {
    this.folder = folder;
    this.found = found;
    found.forEach((name, bytes) -> files.put(name, new LossyFile(this, name, bytes)));
  }

  /** Mounts a disk that holds these files, all of them synced, on a folder. */
  public static LossyDisk mount(Path folder, Map<String, byte[]> files) {
    LossyDisk disk = new LossyDisk(folder, files);
    MOUNTED.put(folder, disk);
    return disk;
  }

  /** The disk that holds this file, or is mounted there; null if none. */
  static LossyDisk at(Path file) {
    LossyDisk disk = MOUNTED.get(file);
    Path folder = file.getParent();
    return disk == null && folder != null ? MOUNTED.get(folder) : disk;
  }

  /** Forgets the disk; what H2 still has open there fails from now on. */
  @Override
  public synchronized void close() {
    writable = false;
    readable = false;
    MOUNTED.remove(folder);
  }

  /** Where it is mounted. */
  public Path folder() {
    return folder;
  }

  boolean isFolder(Path path) {
    return path.equals(folder);
  }

  synchronized LossyFile find(String name) {
    return files.get(name);
  }

  synchronized LossyFile create(String name) {
    return files.computeIfAbsent(
        name,
        n -> {
          operations.add(new Operation.Created(n));
          return new LossyFile(this, n, new byte[0]);
        });
  }

  synchronized void rename(String name, String to) {
    files.put(to, files.remove(name).renamed(to));
    operations.add(new Operation.Renamed(name, to));
  }

  synchronized void delete(String name) {
    if (files.remove(name) != null) {
      operations.add(new Operation.Deleted(name));
    }
  }

  synchronized void syncNames() {
    operations.add(new Operation.NamesSynced());
  }

  synchronized void done(Operation operation) {
    if (honest || !(operation instanceof Operation.Synced)) {
      operations.add(operation);
    }
  }

  synchronized void requireReadable() throws IOException {
    if (!readable) {
      throw new IOException("Input/output error");
    }
  }

  synchronized void requireWritable() throws IOException {
    if (!writable) {
      throw new IOException("Input/output error");
    }
  }

  /** By how much of this a file may grow: what still fits, as with any file system. */
  synchronized int fitting(int growth) throws IOException {
    requireWritable();
    if (growth <= 0) {
      return 0;
    }
    long left = capacity - used();
    if (left <= 0) {
      throw new IOException("No space left on device");
    }
    return (int) Math.min(growth, left);
  }

  /** From now on files cannot grow beyond this in all. */
  public synchronized void limitTo(long bytes) {
    capacity = bytes;
  }

  /** From now on each read fails. */
  public synchronized void failReads() {
    readable = false;
  }

  /** From now on each write and each sync fails. */
  public synchronized void failWrites() {
    writable = false;
  }

  /** From now on each sync of a file returns at once and does nothing. */
  public synchronized void pretendToSync() {
    honest = false;
  }

  public synchronized long used() {
    return files.values().stream().mapToLong(LossyFile::length).sum();
  }

  /** How many operations it was asked for: a moment to cut the power at. */
  public synchronized int moment() {
    return operations.size();
  }

  /** What it was asked to do, in order. */
  public synchronized List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** The files as everybody sees them while the power is on. */
  public synchronized Map<String, byte[]> files() {
    Map<String, byte[]> seen = new TreeMap<>();
    files.forEach((name, file) -> seen.put(name, file.bytes()));
    return seen;
  }

  /** The files as they may be found if the power goes at this moment. */
  public synchronized Map<String, byte[]> leftAt(int moment, Random random) {
    Map<String, Leftover> left = new TreeMap<>();
    found.forEach((name, bytes) -> left.put(name, Leftover.found(name, bytes)));
    for (Operation operation : operations.subList(0, moment)) {
      if (operation instanceof Operation.Created created) {
        left.put(created.file(), Leftover.created(created.file()));
      } else if (operation instanceof Operation.Renamed renamed) {
        Leftover leftover = left.remove(renamed.file());
        leftover.renamed(renamed.name());
        left.put(renamed.name(), leftover);
      } else if (operation instanceof Operation.Deleted deleted) {
        left.remove(deleted.file());
      } else if (operation instanceof Operation.NamesSynced) {
        left.values().forEach(Leftover::namesSynced);
      } else if (operation instanceof Operation.Synced synced) {
        left.get(synced.file()).synced();
      } else if (operation instanceof Operation.Changed changed) {
        left.get(changed.file()).add(changed);
      }
    }
    Map<String, byte[]> files = new TreeMap<>();
    for (Leftover leftover : left.values()) {
      String name = leftover.name(random);
      if (name != null) {
        files.put(name, leftover.cut(random));
      }
    }
    return files;
  }

  static byte[] resized(byte[] bytes, int length) {
    return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
  }
}
