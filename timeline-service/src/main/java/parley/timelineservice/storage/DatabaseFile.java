package parley.timelineservice.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.h2.Driver;
import org.h2.api.ErrorCode;
import org.h2.store.fs.FilePath;

/**
 * The replica's one database file, {@code timeline.mv.db} in its folder: how it is opened, and what
 * to tell people when it cannot be.
 */
public final class DatabaseFile {

  /** What a new file holds. */
  interface Contents {
    void writeTo(Connection connection) throws SQLException;
  }

  /** What a file that has lost something asks for. */
  static final String REMEDY =
      "move its folder away and start again, then everything is copied from the other hosts";

  private static final String NO_SPACE = "No space left on device";
  private static final String NAME = "timeline";
  private static final String WATERMARK = "timeline.acknowledged";
  private static final String NAME_UNFINISHED = "timeline-unfinished";

  /**
   * Without WRITE_DELAY=0 a thread of H2's writes too, and a sync may return before that thread has
   * written. With RETENTION_TIME=0 free space is used again whatever the clock says. That is sound
   * because what is freed belonged to versions before the one that was synced last, and because
   * {@link StoreHeader} always leads to that one.
   */
  static final String OPTIONS =
      ";WRITE_DELAY=0;RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=16384;TRACE_LEVEL_FILE=0";

  private final Path folder;
  private final String fileSystem;
  private final String options;

  /**
   * @param folder the folder that holds the file; need not exist yet
   */
  public DatabaseFile(Path folder) {
    this(folder, CheckedPath.PREFIX + "file:", OPTIONS);
  }

  /**
   * @param fileSystem prefixes of H2's file systems to go through; the last one holds the files
   * @param options as they stand in the database's URL
   */
  DatabaseFile(Path folder, String fileSystem, String options) {
    CheckedPath.register();
    this.folder = folder.toAbsolutePath().normalize();
    this.fileSystem = fileSystem;
    this.options = options;
  }

  /** The file itself. */
  public Path path() {
    return folder.resolve(NAME + ".mv.db");
  }

  /**
   * Connects to the file, which must be there.
   *
   * @throws StorageFailure with one line for people
   */
  public Connection open() {
    try {
      return connect();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Connects to the file. If there is none it is created first: under another name until it is
   * complete and durable, so that a crash meanwhile leaves nothing that looks like a damaged file.
   *
   * @throws StorageFailure with one line for people
   */
  Connection openOrCreate(Contents initial) {
    if (folder.toString().contains(";")) {
      throw new StorageFailure("the path of a data folder must not contain ';': " + folder);
    }
    try {
      Files.createDirectories(folder);
      if (!file(NAME).exists()) {
        create(initial);
      }
      syncName();
    } catch (IOException e) {
      throw new StorageFailure("the data folder " + folder + " cannot be created: " + e, e);
    } catch (SQLException e) {
      throw failure(e);
    }
    return open();
  }

  private void create(Contents initial) throws SQLException {
    FilePath unfinished = file(NAME_UNFINISHED);
    if (unfinished.exists()) {
      unfinished.delete();
    }
    Connection connection = connect(NAME_UNFINISHED, options);
    initial.writeTo(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    }
    shutDown(connection);
    unfinished.moveTo(file(NAME), false);
  }

  /**
   * Closes the database, with all connections to it, and leaves the file as it is. An ordinary end
   * would move chunks about and mark the file as cleanly closed: one more way for a file to be
   * found, which is trusted although it needs no less care than what a crash leaves. An error of
   * the disk closes it too.
   */
  static void shutDown(Connection connection) throws SQLException {
    if (connection.isClosed()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    }
  }

  /** What is remembered of this incarnation beside the file. */
  Watermark watermark(long incarnation) throws IOException {
    String plain = fileSystem.replace(CheckedPath.PREFIX, "");
    return new Watermark(FilePath.get(plain + folder.resolve(WATERMARK)), incarnation);
  }

  private FilePath file(String name) {
    return FilePath.get(fileSystem + folder.resolve(name + ".mv.db"));
  }

  Connection connect() throws SQLException {
    return connect(NAME, options + ";IFEXISTS=TRUE");
  }

  private Connection connect(String name, String settings) throws SQLException {
    Properties user = new Properties();
    user.setProperty("user", "sa");
    user.setProperty("password", "");
    return new Driver().connect("jdbc:h2:" + fileSystem + folder.resolve(name) + settings, user);
  }

  /**
   * Makes the file's own name durable: the database syncs what is in the file, not where it is. The
   * folder's two parents may be as new as itself.
   */
  private void syncName() {
    Path directory = folder;
    for (int level = 0; level < 3 && directory != null; level++) {
      try (FileChannel channel = FilePath.get(fileSystem + directory).open("r")) {
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

  /** The same for an error while writing, after which the file is most likely as good as before. */
  StorageFailure writeFailure(Exception e) {
    return new StorageFailure(
        mentions(e, NO_SPACE)
            ? noSpace()
            : "%s could not be written: %s".formatted(path(), firstLine(e)),
        e);
  }

  private String noSpace() {
    return "no space is left on the disk of " + path() + ": free some and start again";
  }

  private String explanation(Exception e) {
    if (e instanceof StorageFailure) {
      return "the database file " + path() + " cannot be used: " + e.getMessage();
    }
    String why = firstLine(e);
    if (mentions(e, NO_SPACE)) {
      return noSpace();
    }
    int code = e instanceof SQLException sql ? sql.getErrorCode() : 0;
    return switch (code) {
      case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
          "the database file "
              + path()
              + " is locked: another timeline service runs on this data folder; stop it first";
      case ErrorCode.GENERAL_ERROR_1, ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2 ->
          mentions(e, "AccessDenied") || mentions(e, "Permission denied")
              ? "the database file " + path() + " cannot be opened: permission denied"
              : damaged(why);
      default -> damaged(why);
    };
  }

  private String damaged(String why) {
    return "the database file "
        + path()
        + " is damaged or cannot be read: "
        + REMEDY
        + " ("
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
