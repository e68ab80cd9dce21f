package parley.timelineservice.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Puts {@link CheckedFile} between H2 and the files that it opens as {@code checked:PATH}. Public,
 * with a public constructor, only because H2 makes its paths itself.
 */
public final class CheckedPath extends FilePathWrapper {

  static final String PREFIX = "checked:";

  static {
    FilePath.register(new CheckedPath());
  }

  /** Makes the prefix known to H2. */
  static void register() {
    // The class is loaded now.
  }

  @Override
  public String getScheme() {
    return PREFIX.substring(0, PREFIX.length() - 1);
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new CheckedFile(getBase().open(mode));
  }
}
