package parley.timelineservice.storage.faults;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** Where H2 finds the files of mounted lossy disks; made by H2 itself, through its constructor. */
public final class LossyPath extends FilePathWrapper {

  @Override
  public String getScheme() {
    return LossyDisk.SCHEME;
  }

  private Path path() {
    return Path.of(getBase().toString());
  }

  private String fileName() {
    return path().getFileName().toString();
  }

  private LossyFile file() {
    LossyDisk disk = LossyDisk.at(path());
    return disk == null ? null : disk.find(fileName());
  }

  @Override
  public boolean exists() {
    return file() != null || isDirectory();
  }

  @Override
  public boolean canWrite() {
    return true;
  }

  @Override
  public long size() {
    return file().length();
  }

  @Override
  public void delete() {
    LossyDisk.at(path()).delete(fileName());
  }

  @Override
  public void moveTo(FilePath newName, boolean atomicReplace) {
    LossyDisk.at(path()).rename(fileName(), newName.getName());
  }

  @Override
  public FilePath toRealPath() {
    return this;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    LossyDisk disk = LossyDisk.at(path());
    if (disk == null) {
      return super.open(mode);
    }
    if (disk.isFolder(path())) {
      return new LossyChannel(disk, null);
    }
    LossyFile file = mode.equals("r") ? disk.find(fileName()) : disk.create(fileName());
    if (file == null) {
      throw new NoSuchFileException(name);
    }
    return new LossyChannel(disk, file);
  }
}
