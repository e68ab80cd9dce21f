package parley.timelineservice.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.h2.Driver;
import org.h2.api.ErrorCode;

/**
 * The replica's one database file, {@code timeline.mv.db} in its folder: how it is opened, and what
 * to tell people when it cannot be.
 */
public final class DatabaseFile {

  private static final String NAME = "timeline";

  /**
   * Without WRITE_DELAY=0 a sync may return before the data is in the file; with RETENTION_TIME=0
   * free space is used again whatever the clock says, which is sound since each commit is synced
   * before the next one starts.
   */
  private static final String OPTIONS =
      ";WRITE_DELAY=0;RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=16384;TRACE_LEVEL_FILE=0";

  private final Path folder;

  /**
   * @param folder the folder that holds the file; need not exist yet
   */
  public DatabaseFile(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** The file itself. */
  public Path path() {
    return folder.resolve(NAME + ".mv.db");
  }

  /**
   * Creates the file if there is none, and connects to it.
   *
   * @throws StorageFailure with one line for people
   */
  public Connection open() {
    if (folder.toString().contains(";")) {
      throw new StorageFailure("the path of a data folder must not contain ';': " + folder);
    }
    try {
      Files.createDirectories(folder);
      return connect();
    } catch (IOException e) {
      throw new StorageFailure("the data folder " + folder + " cannot be created: " + e, e);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  Connection connect() throws SQLException {
    Properties user = new Properties();
    user.setProperty("user", "sa");
    user.setProperty("password", "");
    return new Driver().connect("jdbc:h2:file:" + folder.resolve(NAME) + OPTIONS, user);
  }

  /**
   * Makes the file's own name durable: the database syncs what is in the file, not where it is. The
   * folder's two parents may be as new as itself.
   */
  void syncName() {
    Path directory = folder;
    for (int level = 0; level < 3 && directory != null; level++) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException e) {
        throw new StorageFailure("the folder " + directory + " cannot be synced: " + e, e);
      }
      directory = directory.getParent();
    }
  }

  /** The one line for people that an error of the database deserves. */
  StorageFailure failure(Exception e) {
    return new StorageFailure(explanation(e), e);
  }

  private String explanation(Exception e) {
    if (e instanceof StorageFailure) {
      return "the database file " + path() + " cannot be used: " + e.getMessage();
    }
    String why = firstLine(e);
    if (mentions(e, "No space left on device")) {
      return "no space is left on the disk of " + path() + ": free some and start again";
    }
    int code = e instanceof SQLException sql ? sql.getErrorCode() : 0;
    return switch (code) {
      case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
          "the database file "
              + path()
              + " is locked: another timeline service runs on this data folder; stop it first";
      case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1 -> damaged(why);
      case ErrorCode.GENERAL_ERROR_1, ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2 ->
          mentions(e, "AccessDenied") || mentions(e, "Permission denied")
              ? "the database file " + path() + " cannot be opened: permission denied"
              : damaged(why);
      default -> "the database file " + path() + " cannot be used: " + why;
    };
  }

  private String damaged(String why) {
    return "the database file "
        + path()
        + " is damaged or cannot be read: move the folder "
        + folder
        + " away and start again, then everything is copied from the other hosts ("
        + why
        + ")";
  }

  private static boolean mentions(Throwable e, String text) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause).contains(text)) {
        return true;
      }
    }
    return false;
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
