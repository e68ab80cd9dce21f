package parley.timelineservice.storage;

/**
 * The data folder cannot be used, or what was to be written may not be durable. Whoever gets it
 * from {@link Journal#write} must not acknowledge anything any more and halts the process; a
 * restart reads back what is durable. The message is one line for people.
 */
public final class StorageFailure extends RuntimeException {

  StorageFailure(String what) {
    super(what);
  }

  StorageFailure(String what, Throwable cause) {
    super(what, cause);
  }
}
